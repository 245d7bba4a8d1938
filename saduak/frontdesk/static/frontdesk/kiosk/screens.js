// What the visitor sees, screen by screen. Each function returns {title, body, options, speech}: `options` are the buttons
// that can also be chosen by a figure on a keypad.

import { filled, h } from "../shared/dom.js";
import { qrCode } from "./drawing.js";

export function nameIn(names, language) {
  return names[language] || (language === "th" ? "" : names.en) || names.th;
}

function option(number, label, detail, onclick, { disabled = false, lang } = {}) {
  return h(
    "button",
    { type: "button", class: "kiosk-option", onclick, disabled, lang, data: { option: number } },
    h("span", { class: "kiosk-figure", "aria-hidden": "true" }, disabled ? "–" : String(number)),
    h("span", { class: "kiosk-label" }, label, detail && h("small", {}, detail)),
  );
}

function waitIn(say, wait) {
  return wait ? filled(say(wait.low ? "minutes" : "minutes_most"), wait) : "";
}

function spoken(say, options) {
  return options.map((label, at) => filled(say("option"), { number: at + 1, name: label }));
}

export function startScreen(app) {
  const { state, say } = app;
  const welcome = nameIn(state.welcome, app.language);
  const languages = state.languages.map((code) =>
    h(
      "button",
      {
        type: "button",
        class: "kiosk-language",
        lang: app.speech[code],
        "aria-pressed": String(code === app.language),
        onclick: () => app.begin(code),
      },
      app.languageNames[code],
    ),
  );
  const closed = state.closed ? nameIn(state.closed, app.language) : "";
  return {
    title: welcome || say("welcome"),
    speech: [welcome || say("welcome"), closed || say("begin")],
    body: [
      closed
        ? h("p", { class: "kiosk-notice", role: "status" }, closed)
        : h(
            "button",
            { type: "button", class: "kiosk-begin", onclick: () => app.begin(app.language), data: { option: 1 } },
            say("begin"),
          ),
      // Who was called goes on being served after the last ticket was given out.
      closed &&
        app.state.missed &&
        app.online &&
        h(
          "button",
          { type: "button", class: "kiosk-begin", onclick: () => app.back.open(), data: { option: 1 } },
          say("missed_call"),
        ),
      h("div", { class: "kiosk-languages", role: "group", "aria-label": say("language") }, languages),
      app.online && app.rating ? app.rating.button() : "",
    ],
  };
}

export function serviceScreen(app) {
  const { say, language } = app;
  const services = app.state.services;
  const labels = services.map((service) => nameIn(service.names, language));
  const more = [
    app.state.appointments && ["have_appointment", () => app.booked.open()],
    app.state.missed && ["missed_call", () => app.back.open()],
  ].filter((one) => one && app.online);
  return {
    title: say("choose_service"),
    speech: [say("choose_service"), ...spoken(say, [...labels, ...more.map(([words]) => say(words))])],
    body: services.length || more.length
      ? h(
          "div",
          { class: "kiosk-options" },
          ...services.map((service, at) => {
            const waiting = service.waiting > 0 ? filled(say("people_wait"), { number: service.waiting }) : "";
            const closed = service.closed ? nameIn(service.closed, language) : "";
            return option(at + 1, labels[at], closed || [waiting, waitIn(say, service.wait)].filter(Boolean).join(" · "), () => app.choose(service), {
              disabled: Boolean(closed),
            });
          }),
          ...more.map(([words, open], at) => option(services.length + at + 1, say(words), "", open)),
        )
      : h("p", { class: "kiosk-notice", role: "status" }, say("no_services")),
    back: () => app.start(),
  };
}

export function classScreen(app) {
  const { say, language } = app;
  const classes = app.state.classes.filter((one) => one.is_priority);
  const labels = [say("none_of_these"), ...classes.map((one) => nameIn(one.names, language))];
  const ordinary = app.state.classes.find((one) => !one.is_priority) ?? app.state.classes[0];
  return {
    title: say("choose_class"),
    speech: [say("choose_class"), say("honest"), ...spoken(say, labels)],
    body: [
      h("p", { class: "kiosk-lead" }, say("honest")),
      h(
        "div",
        { class: "kiosk-options" },
        [ordinary, ...classes].map((one, at) => option(at + 1, labels[at], "", () => app.take(one))),
      ),
    ],
    back: () => app.begin(language),
  };
}

export function makingScreen(app) {
  return { title: app.say("making"), body: h("p", { class: "kiosk-lead", role: "status" }, app.say("making")) };
}

export function ticketScreen(app) {
  const { say, ticket } = app;
  const ahead =
    ticket.ahead === null || ticket.ahead === undefined
      ? ""
      : ticket.ahead === 0
        ? say("next_one")
        : ticket.ahead === 1
          ? say("ahead_one")
          : filled(say("ahead"), { number: ticket.ahead });
  const wait = waitIn(say, ticket.wait);
  return {
    title: say("ticket_is"),
    speech: [filled(say("say_number"), { number: ticket.number.split("").join(" ") }), ahead, wait, say("please_wait")],
    body: [
      h("p", { class: "kiosk-number", id: "kiosk-number" }, ticket.number),
      h("p", { class: "kiosk-lead" }, [nameIn(app.service.names, app.language), ticket.note].filter(Boolean).join(" · ")),
      (ahead || wait) && h("p", { class: "kiosk-wait" }, [ahead, wait].filter(Boolean).join(" · ")),
      h("p", { class: "kiosk-lead" }, say("please_wait")),
      h(
        "div",
        { class: "kiosk-phone" },
        qrCode(app.addressOf(ticket), say("on_phone")),
        h("div", {}, h("p", { class: "kiosk-strong" }, say("on_phone")), h("p", {}, say("on_phone_hint"))),
      ),
      h("p", { class: "kiosk-printing", id: "kiosk-printing", role: "status", "aria-live": "polite" }),
      h(
        "div",
        { class: "kiosk-row" },
        app.canPrint() &&
          h("button", { type: "button", class: "kiosk-second", onclick: () => app.print() }, say("print_again")),
        h(
          "button",
          { type: "button", class: "kiosk-first", onclick: () => app.start(), data: { option: 1 } },
          say("done"),
        ),
      ),
    ],
  };
}

const toTheStart = (app, words) =>
  h(
    "div",
    { class: "kiosk-row" },
    h("button", { type: "button", class: "kiosk-first", onclick: () => app.start(), data: { option: 1 } }, app.say(words)),
  );

export function problemScreen(app, words) {
  return { title: words, speech: [words], body: toTheStart(app, "start_again") };
}

export function toldScreen(app, title, lines) {
  return {
    title,
    speech: [title, ...lines],
    body: [...lines.map((line) => h("p", { class: "kiosk-lead" }, line)), toTheStart(app, "done")],
  };
}

// The only screen for officers: what stands here comes from the catalogue, in the language of the site.
export function pairingScreen(app, problem) {
  const field = h("input", {
    id: "kiosk-code",
    name: "code",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: 12,
    required: true,
    "aria-describedby": "kiosk-code-hint",
  });
  const form = h(
    "form",
    {
      class: "kiosk-pairing",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        app.pair(field.value);
      },
    },
    h("label", { for: "kiosk-code" }, app.words.code),
    h("p", { id: "kiosk-code-hint" }, app.words.codeHint),
    problem && h("p", { class: "kiosk-notice", role: "alert" }, problem),
    field,
    h("button", { class: "kiosk-first" }, app.words.pair),
  );
  return { title: app.words.pairing, body: form, plain: true };
}

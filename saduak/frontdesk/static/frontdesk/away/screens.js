// What the console without the server shows. Each control gets its deed from `take(step, ticket, more)`; letters are those
// of the console.

import { filled, h } from "../shared/dom.js";

export function createScreens({ words, outcomes, pauses, keys, take, clock }) {
  // A finger that taps twice means one tap: the second would hit whatever has come into the button's place.
  const once = (deed) => (event) => {
    event.preventDefault();
    return event.detail > 1 ? undefined : deed();
  };

  const key = (letter) => letter && h("kbd", { "aria-hidden": "true" }, letter);

  function button(label, deed, { kind = "primary", big = false, letter = "", about = "" } = {}) {
    const more = letter ? { "aria-keyshortcuts": letter } : {};
    return h(
      "button",
      { type: "button", class: `button${big ? " console-next" : ""}`, onclick: once(deed), data: { kind, key: letter }, ...more },
      label,
      about && h("span", { class: "unseen" }, ` ${about}`),
      letter && " ",
      key(letter),
    );
  }

  const sends = (deed) => (event) => {
    event.preventDefault();
    return deed(new FormData(event.target));
  };

  const options = (pairs) => pairs.map(([value, label]) => h("option", { value }, label));

  function more(title, letter, ...children) {
    const summary = h("summary", { data: { key: letter }, "aria-keyshortcuts": letter }, title, " ", key(letter));
    return h("details", { class: "console-more" }, summary, ...children);
  }

  function free(first) {
    const next = () =>
      button(words.next, () => take("call", first), { big: true, letter: keys.next });
    return h(
      "div",
      { class: "console-free" },
      h("h2", { tabindex: -1 }, words.free),
      first ? next() : h("p", {}, words.none),
    );
  }

  function paused(reason) {
    return h(
      "div",
      { class: "console-free" },
      h("h2", { tabindex: -1 }, words.is_paused),
      h("p", { class: "muted" }, reason),
      button(words.resume, () => take("resume"), { big: true, letter: keys.next }),
    );
  }

  function visitor(ticket, known) {
    const isCalled = ticket.stage === "called";
    const stage = isCalled ? filled(words.called, { times: ticket.calls }) : words.serving;
    return h(
      "div",
      { class: "console-visitor" },
      h(
        "h2",
        { tabindex: -1 },
        h("span", { class: "console-number" }, ticket.number),
        " ",
        h("span", { class: "console-stage" }, stage),
      ),
      h("p", { class: "console-service" }, known.services[ticket.service] ?? ""),
      isCalled ? awaited(ticket, known) : served(ticket, known),
    );
  }

  function awaited(ticket, known) {
    const mayCount = ticket.calls >= known.calls;
    const deed = (step, letter) => button(words[step], () => take(step, ticket), { kind: "secondary", letter });
    return h(
      "div",
      { class: "console-deeds" },
      button(words.start, () => take("start", ticket), { big: true, letter: keys.start }),
      deed("recall", keys.recall),
      deed("hold", keys.hold),
      mayCount
        ? deed("no_show", keys["no-show"])
        : h(
            "div",
            {},
            h("button", { type: "button", class: "button", disabled: true, data: { kind: "secondary" }, "aria-describedby": "too-early" }, words.no_show),
            h("p", { class: "hint", id: "too-early" }, words.too_early),
          ),
    );
  }

  function served(ticket, known) {
    const able = known.seats.find((seat) => seat.counter === known.counter)?.skills ?? [];
    const others = able.filter((service) => service !== ticket.service).map((service) => [service, known.services[service]]);
    const finish = h(
      "form",
      { class: "console-finish", data: { again: "" }, onsubmit: sends((form) => take("finish", ticket, { outcome: form.get("outcome") })) },
      h("label", { for: "away-outcome" }, words.outcome),
      h("select", { id: "away-outcome", name: "outcome" }, options(outcomes)),
      h(
        "div",
        { class: "console-deeds" },
        h("button", { class: "button console-next", data: { key: keys.finish }, "aria-keyshortcuts": keys.finish }, words.finish, " ", key(keys.finish)),
        button(words.hold, () => take("hold", ticket), { kind: "secondary", letter: keys.hold }),
      ),
    );
    const another = h(
      "form",
      { data: { again: "" }, onsubmit: sends((form) => take("next_service", ticket, { service: Number(form.get("service")) })) },
      h("label", { for: "away-service" }, words.service),
      h("select", { id: "away-service", name: "service" }, options(others)),
      h("button", { class: "button", data: { kind: "secondary" } }, words.begin),
    );
    return [finish, others.length > 0 && h("div", { class: "console-details" }, more(words.another, keys.another, another))];
  }

  function seatDeeds(standing) {
    const pause = h(
      "form",
      { data: { again: "" }, onsubmit: sends((form) => take("pause", null, { reason: form.get("reason") })) },
      h("label", { for: "away-pause" }, words.why),
      h("select", { id: "away-pause", name: "reason" }, options(pauses.map((reason) => [reason, reason]))),
      h("button", { class: "button", data: { kind: "secondary" } }, words.pause_now),
    );
    return h(
      "div",
      { class: "console-seat-deeds" },
      standing.last &&
        button(words.undo, () => take("undo", standing.last, { undoes: standing.last.step }), { kind: "quiet", letter: keys.undo }),
      !standing.paused && more(words.pause, keys.pause, pause),
    );
  }

  function listed(title, tickets, known, { step, label, kind, may = () => true }) {
    if (!tickets.length) return null;
    const line = (ticket) =>
      h(
        "li",
        {},
        h("strong", {}, ticket.number),
        h("span", {}, known.services[ticket.service] ?? ""),
        may(ticket) && button(label, () => take(step, ticket), { kind, about: ticket.number }),
      );
    const heading = h("h2", {}, `${title} `, h("span", { class: "count" }, tickets.length));
    return h("section", {}, heading, h("ul", { class: "console-list" }, tickets.map(line)));
  }

  return {
    nothing: () => h("p", {}, words.nothing),

    // All of the own counter; `first` is who is called next.
    own(standing, known, first) {
      const main = standing.here ? visitor(standing.here, known) : standing.paused ? paused(standing.paused) : free(first);
      const seat = h(
        "div",
        { class: "console-seat" },
        h("p", {}, h("strong", {}, filled(words.counter, { label: known.label }))),
        h("p", { class: "muted" }, filled(words.known, { time: clock(known.at) })),
      );
      return [seat, main, seatDeeds(standing)];
    },

    // Beside it: who can be called from here without the line, and what cannot be done.
    others(standing, known, now) {
      const back = standing.waiting.filter((ticket) => ticket.notBefore > now);
      const waiting = h(
        "section",
        {},
        h("p", {}, filled(words.waiting, { number: standing.waiting.length })),
        back.length > 0 &&
          h(
            "ul",
            { class: "console-list" },
            back.map((ticket) =>
              h("li", {}, h("strong", {}, ticket.number), h("span", {}, filled(words.back_at, { time: clock(ticket.notBefore) }))),
            ),
          ),
      );
      const waits = h(
        "section",
        {},
        h("h2", {}, words.waits_title),
        h("ul", { class: "away-waits" }, [words.waits_tickets, words.waits_transfer, words.waits_order].map((one) => h("li", {}, one))),
      );
      const isFree = !standing.here;
      return [
        waiting,
        listed(words.held, standing.held, known, { step: "resume_held", label: words.resume_held, kind: "secondary", may: () => isFree }),
        listed(words.no_show, standing.missed, known, {
          step: "bring_back",
          label: words.bring_back,
          kind: "quiet",
          may: (ticket) => ticket.missed <= known.mayMiss,
        }),
        waits,
      ].filter(Boolean);
    },
  };
}

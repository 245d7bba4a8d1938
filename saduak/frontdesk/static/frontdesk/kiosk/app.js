// The ticket kiosk: leads a visitor from the first touch to a ticket, with or without the server.

import { asker, TurnedAway } from "../shared/asking.js";
import { serverTime, setBackSince } from "../shared/clock.js";
import { facts, filled, h } from "../shared/dom.js";
import { follow } from "../shared/following.js";
import { keepOnDevice } from "../shared/installing.js";
import { Offline, outboxIn, Refused } from "../shared/outbox.js";
import { openStore } from "../shared/store.js";
import { createBack } from "./back.js";
import { createBooked } from "./booked.js";
import { createIssuing, NoNumbers } from "./issuing.js";
import { codeOf, ENOUGH } from "./numbers.js";
import { fillPaper, print } from "./paper.js";
import { createPatience } from "./patience.js";
import { createRating } from "./rating.js";
import * as screens from "./screens.js";
import { resetTools, showTools } from "./tools.js";
import * as voice from "./voice.js";

const TICKET_STAYS = 25_000;
const main = document.querySelector("#main");
const bar = document.querySelector("#kiosk-state");
const page = document.documentElement;
const { addresses, words, sentences, rating, languageNames, speech } = facts("kiosk-facts");

const store = openStore("saduak-kiosk", 1, (db) => {
  db.createObjectStore("meta");
  outboxIn(db);
});

const app = {
  words,
  languageNames,
  speech,
  language: "th",
  state: null,
  online: false,
  clock: null,
  blocks: [],
  screen: null,
  rating: null,
  booked: null,
  back: null,

  say: (key) => sentences[app.language]?.[key] ?? sentences.en[key] ?? key,

  // The first screen, for the next visitor.
  start() {
    patience.rest();
    resetTools(app.state.height);
    Object.assign(app, { service: null, ticket: null, code: null, language: app.state.languages[0] ?? "th" });
    app.show(screens.startScreen(app), { kind: "start" });
  },

  begin(language) {
    Object.assign(app, { language, code: null });
    app.show(screens.serviceScreen(app), { kind: "services" });
  },

  choose(service) {
    app.service = service;
    return app.askClass();
  },

  // Somebody has an appointment, and knows its figures.
  comeWith(code) {
    app.code = code;
    return app.askClass();
  },

  askClass() {
    if (app.state.classes.some((one) => one.is_priority))
      return app.show(screens.classScreen(app), { kind: "classes" });
    return app.take(app.state.classes[0]);
  },

  async take(priority) {
    app.show(screens.makingScreen(app), { kind: "making" });
    try {
      const known = { ...app.state, blocks: app.blocks, clock: app.clock, online: app.online };
      if (app.code) Object.assign(app, await app.booked.checkIn(app.code, priority));
      else app.ticket = await issuing.issue({ service: app.service, priority, language: app.language }, known);
      app.ticket.code = await codeOf(app.ticket.secret);
      app.ticket.at = serverTime(app.clock);
    } catch (failed) {
      return app.refuse(failed);
    }
    fillPaper(app);
    app.show(screens.ticketScreen(app), { kind: "ticket", stays: TICKET_STAYS });
    if (app.canPrint()) await app.print();
    if (app.online) following.now();
    return undefined;
  },

  refuse(failed) {
    if (failed instanceof TurnedAway) return app.unpaired(words.turnedAway);
    if (app.code && failed instanceof Offline) return app.problem(app.say("code_offline"));
    if (app.code && failed instanceof Refused) return app.problem(failed.message);
    if (failed instanceof NoNumbers) return app.problem(app.say(failed.never ? "not_today" : "used_up"));
    if (failed instanceof Refused) return app.problem(filled(app.say("refused"), { reason: failed.message }));
    app.problem(app.say("something_failed"));
    throw failed;
  },

  problem(sentence) {
    app.show(screens.problemScreen(app, sentence), { kind: "problem", stays: TICKET_STAYS });
  },

  // How it stands with a ticket, for its holder, who then goes to sit down.
  told(title, lines) {
    app.show(screens.toldScreen(app, title, lines), { kind: "told", stays: TICKET_STAYS });
    following.now();
  },

  addressOf: (ticket) => `${app.state.origin}${addresses.ticket.replace("SECRET", ticket.secret)}`,

  canPrint: () => app.state.printing === "browser" || app.state.printing === "server",

  async print() {
    const { ticket } = app;
    await print(app, { issuing, ask, address: addresses.print });
    if (app.ticket === ticket) patience.touched(TICKET_STAYS);
  },

  // Shows a screen, puts the focus on its heading, reads it aloud to whoever asked for that.
  show(screen, { kind, stays } = {}) {
    app.screen = { ...screen, kind };
    page.lang = screen.plain ? page.dataset.language : speech[app.language];
    main.dataset.screen = kind;
    const heading = h("h1", { tabindex: -1 }, screen.title);
    main.replaceChildren(
      heading,
      ...[screen.body].flat().filter(Boolean),
      ...(screen.back
        ? [h("button", { type: "button", class: "kiosk-back", onclick: screen.back }, app.say("back"))]
        : []),
    );
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    showTools(app);
    app.refreshBar();
    if (screen.speech) voice.speak(screen.speech, speech[app.language]);
    if (kind === "start" || kind === "pairing" || kind === "making") patience.rest();
    else patience.touched(stays);
  },

  refreshBar() {
    const unsent = issuing?.unsent() ?? 0;
    const centre = document.querySelector("#kiosk-centre");
    const name = app.state ? screens.nameIn(app.state.centre, app.language) : "";
    centre.textContent = app.state?.isExample ? `${name} (${app.say("example")})` : name;
    bar.dataset.state = app.online ? "online" : "offline";
    bar.replaceChildren(
      ...[
        app.state && !app.online && h("span", {}, app.say("no_line")),
        unsent > 0 && h("span", { id: "kiosk-unsent" }, filled(app.say("unsent"), { number: unsent })),
        app.setBack && h("span", {}, words.clockSetBack),
      ].filter(Boolean),
    );
  },

  async pair(code) {
    try {
      const answer = await asker()(addresses.pair, { body: { code, kind: "kiosk" } });
      await store.set("device", { token: answer.token, name: answer.name });
      await store.set("state", null);
      location.reload();
    } catch (failed) {
      app.show(screens.pairingScreen(app, failed instanceof Refused ? failed.message : words.noAnswer), {
        kind: "pairing",
      });
    }
  },

  // Taken off the desk: nothing more is given out. What was not sent stays on the device for whoever pairs it again.
  unpaired(problem = "") {
    following?.stop();
    app.show(screens.pairingScreen(app, problem), { kind: "pairing" });
  },
};

const patience = createPatience({
  ask(left) {
    voice.speak([app.say("still_there")], speech[app.language]);
    const dialog = document.querySelector("#kiosk-still");
    const stay = () => {
      patience.touched();
      dialog.close();
    };
    dialog.replaceChildren(
      h("h2", { id: "kiosk-still-title" }, app.say("still_there")),
      h("p", { id: "kiosk-still-count" }, filled(app.say("going_back"), { seconds: left })),
      h("button", { type: "button", class: "kiosk-first", onclick: stay }, app.say("i_am_here")),
    );
    dialog.showModal();
  },
  count(left) {
    const place = document.querySelector("#kiosk-still-count");
    if (place) place.textContent = filled(app.say("going_back"), { seconds: left });
  },
  leave() {
    document.querySelector("#kiosk-still").close();
    app.start();
  },
});

let ask = null;
let issuing = null;
let following = null;

// A new state of the desk: kept for the time without the server, shown unless a visitor is in the middle of something.
async function received(state, clock) {
  const isFirst = app.state === null;
  Object.assign(app, { state, clock, blocks: state.blocks, setBack: false });
  await store.set("state", { state, clock });
  if (isFirst) app.start();
  else if (app.screen.kind === "start") app.show(screens.startScreen(app), { kind: "start" });
}

async function connected(missing) {
  const was = app.online;
  app.online = missing === 0;
  if (app.online) await catchUp();
  if (app.clock) app.setBack = setBackSince(app.clock.at) > 60_000;
  if (was !== app.online || app.setBack) app.refreshBar();
}

// What was given out without the server is told first; then numbers are set aside for the next time.
let catching = null;
function catchUp() {
  catching ??= (async () => {
    if (issuing.unsent() > 0) await issuing.send();
    const prefixes = [...new Set(app.state.services.map((service) => service.prefix))];
    const known = { blocks: app.blocks, clock: app.clock, enough: app.state.enough ?? ENOUGH };
    const blocks = await issuing.stock(prefixes, known);
    if (!blocks) return;
    app.blocks = blocks;
    await store.set("state", { state: { ...app.state, blocks }, clock: app.clock });
  })()
    .catch((failed) => {
      if (failed instanceof TurnedAway) app.unpaired(words.turnedAway);
    })
    .finally(() => {
      catching = null;
    });
  return catching;
}

function listen() {
  for (const kind of ["pointerdown", "keydown"])
    document.addEventListener(kind, () => {
      if (app.screen && !["start", "pairing", "making"].includes(app.screen.kind))
        patience.touched(["ticket", "told"].includes(app.screen.kind) ? TICKET_STAYS : undefined);
    });
  // A finger that taps twice means one tap: the second would choose on a screen that nobody has read yet.
  let tappedOn = "";
  document.addEventListener(
    "click",
    (event) => {
      if (event.detail < 2) tappedOn = app.screen?.kind;
      else if (tappedOn !== app.screen?.kind) event.stopImmediatePropagation();
    },
    { capture: true },
  );
  document.querySelector("#kiosk-still").addEventListener("close", () => {
    if (app.screen.kind !== "start") patience.touched();
  });
  // A keypad with figures chooses too, for whoever cannot see or reach the screen.
  document.addEventListener("keydown", (event) => {
    if (!/^[0-9]$/.test(event.key) || event.target.closest("input, dialog")) return;
    main.querySelector(`[data-option="${event.key}"]:not(:disabled)`)?.click();
  });
  const clockFace = document.querySelector("#kiosk-clock");
  const format = new Intl.DateTimeFormat("th-TH", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Bangkok" });
  const tick = () => {
    clockFace.textContent = format.format(serverTime(app.clock)).replace(":", ".");
  };
  tick();
  setInterval(tick, 5000);
}

async function run(device) {
  ask = asker({ token: device.token, always: () => ({ "X-Device-Unsent": String(issuing.unsent()) }) });
  app.rating = createRating({ app, rating, addresses, ask });
  app.booked = createBooked({ app, ask, address: addresses.checkIn });
  app.back = createBack({ app, ask, address: addresses.back });
  issuing = createIssuing({ store, ask, addresses, changed: () => app.refreshBar() });
  await issuing.refresh();
  const kept = await store.get("state");
  if (kept) {
    Object.assign(app, { state: kept.state, clock: kept.clock, blocks: kept.state.blocks });
    app.start();
  }
  following = follow({
    ask,
    address: addresses.state,
    every: 4000,
    show: received,
    trouble: connected,
    failed: (problem) => {
      if (problem instanceof TurnedAway) app.unpaired(words.turnedAway);
    },
  });
}

// One window at a time, or two would give out the same number.
function alone() {
  return new Promise((told) => {
    navigator.locks.request("saduak-kiosk", { ifAvailable: true }, (lock) => {
      told(lock !== null);
      return lock === null ? undefined : new Promise(() => {});
    });
  });
}

async function begin() {
  page.dataset.language = page.lang;
  if (!window.isSecureContext || !crypto?.subtle || !navigator.locks || !window.indexedDB)
    return app.show({ title: words.oldBrowser, body: [], plain: true }, { kind: "pairing" });
  keepOnDevice({
    worker: addresses.worker,
    scope: addresses.kiosk,
    name: "kiosk",
    isIdle: () => ["start", "pairing"].includes(app.screen?.kind),
  }).catch(() => {}); // Without it the kiosk works as long as this page stays open.
  navigator.storage?.persist?.();
  listen();
  if (!(await alone())) return app.show({ title: words.otherWindow, body: [], plain: true }, { kind: "pairing" });
  const device = await store.get("device");
  return device ? run(device) : app.show(screens.pairingScreen(app), { kind: "pairing" });
}

begin();

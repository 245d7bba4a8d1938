// The console without the server: calls its share of the line in the published order from what this computer knew, and
// tells the server each step in its own time as soon as it answers.

import { facts, filled, h } from "../shared/dom.js";
import { ageOf } from "../shared/clock.js";
import { nextOf, shareOf } from "./order.js";
import { openKeeping, outboxOf } from "./keeping.js";

const { code, addresses, words, outcomes } = facts("away-facts");
const own = document.getElementById("away-own");
const news = document.getElementById("away-news");
const store = openKeeping(code);
const outbox = outboxOf(store, addresses);

let known = null;
let done = null;
let undecided = 0;

const two = (number) => String(number).padStart(2, "0");
const clock = (ms) => `${two(new Date(ms).getHours())}.${two(new Date(ms).getMinutes())}`;
const now = () => known.at + ageOf(known.kept);

async function step(kind, ticket, body = {}) {
  await outbox.add(kind, { step: kind, reference: ticket.reference, ...body });
  await store.set("done", done);
  await draw();
  await tell();
}

const button = (label, onclick, kind = "primary", more = "") =>
  h("button", { type: "button", class: `button ${more}`, onclick, data: { kind } }, label);

async function draw() {
  if (!known) return own.replaceChildren(h("p", {}, words.nothing));
  const taken = new Set(done.taken);
  const mine = shareOf(known);
  const left = known.waiting.filter((ticket) => mine.has(ticket.reference) && !taken.has(ticket.reference)).length;
  const parts = [
    h("p", {}, h("strong", {}, filled(words.counter, { label: known.label }))),
    h("p", { class: "muted" }, filled(words.known, { time: clock(known.at) })),
    done.here ? visitor(done.here) : free(taken),
    h("p", { class: "muted" }, filled(words.waiting, { number: left })),
  ];
  return own.replaceChildren(...parts);
}

function free(taken) {
  const first = nextOf(known, taken, now());
  return h(
    "div",
    { class: "console-free" },
    h("h2", {}, words.free),
    first
      ? button(words.next, () => call(first), "primary", "console-next")
      : h("p", {}, words.none),
  );
}

function call(ticket) {
  done = { taken: [...done.taken, ticket.reference], here: { ...ticket, stage: "called", calls: 1 } };
  return step("call", ticket);
}

function visitor(ticket) {
  const head = h(
    "h2",
    {},
    h("span", { class: "console-number" }, ticket.number),
    " ",
    h(
      "span",
      { class: "console-stage" },
      ticket.stage === "called" ? filled(words.called, { times: ticket.calls }) : words.serving,
    ),
  );
  const service = h("p", { class: "console-service" }, known.services[ticket.service] ?? "");
  return h("div", { class: "console-visitor" }, head, service, ticket.stage === "called" ? awaited(ticket) : served(ticket));
}

function awaited(ticket) {
  const go = (kind, here) => () => {
    done = { ...done, here };
    return step(kind, ticket);
  };
  return h(
    "div",
    { class: "console-deeds" },
    button(words.start, go("start", { ...ticket, stage: "serving" }), "primary", "console-next"),
    button(words.recall, go("recall", { ...ticket, calls: ticket.calls + 1 }), "secondary"),
    ticket.calls >= known.calls && button(words.no_show, go("no_show", null), "secondary"),
  );
}

function served(ticket) {
  const choice = h(
    "select",
    { id: "away-outcome" },
    outcomes.map(([value, label]) => h("option", { value }, label)),
  );
  return h(
    "form",
    {
      class: "console-finish",
      data: { again: "" },
      onsubmit: (event) => {
        event.preventDefault();
        done = { ...done, here: null };
        return step("finish", ticket, { outcome: choice.value });
      },
    },
    h("label", { for: "away-outcome" }, words.outcome),
    choice,
    h("div", { class: "console-deeds" }, h("button", { class: "button console-next" }, words.finish)),
  );
}

async function tell() {
  const told = await outbox.drain();
  undecided += (await outbox.sent()).filter((entry) => entry.answer?.undecided).length - undecided;
  const unsent = (await outbox.unsent()).length;
  const refused = (await outbox.refused()).length;
  const said = refused ? words.refused : unsent ? filled(words.unsent, { number: unsent }) : told.sent ? words.told : "";
  if (said || refused) news.textContent = undecided ? `${said} ${filled(words.undecided, { number: undecided })}` : said;
}

function tick() {
  const time = clock(Date.now());
  const shown = document.getElementById("console-clock");
  if (shown.textContent !== time) shown.textContent = time;
}

known = (await store.get("known")) ?? null;
done = (await store.get("done")) ?? { taken: [], here: known?.here ?? null };
await draw();
await tell();
setInterval(tell, 5000);
setInterval(tick, 1000);
addEventListener("online", tell);
tick();

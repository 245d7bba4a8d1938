// The console without the server: calls its share of the line in the published order from what this computer knew, goes on
// with its own visitors, and tells the server each step in its own time as soon as it answers.

import { pressByKey, readSwitch } from "../console/keys.js";
import { ageOf } from "../shared/clock.js";
import { facts, filled } from "../shared/dom.js";
import { Offline } from "../shared/outbox.js";
import { counterAfter } from "./counter.js";
import { alone, keepKnown, openKeeping, outboxOf, stepsSince } from "./keeping.js";
import { nextOf } from "./order.js";
import { createScreens } from "./screens.js";

const TELL_EVERY = 5000;
const DAY_MS = 24 * 60 * 60 * 1000;
const BANGKOK_MS = 7 * 60 * 60 * 1000;

const { code, addresses, words, outcomes, pauses, keys } = facts("away-facts");
const own = document.getElementById("away-own");
const others = document.getElementById("away-others");
const news = document.getElementById("away-news");
const back = document.getElementById("away-back");
const store = openKeeping(code);
const outbox = outboxOf(store, addresses);
const screens = createScreens({ words, outcomes, pauses, keys, take, clock });

const two = (number) => String(number).padStart(2, "0");

function clock(ms) {
  const there = new Date(ms + BANGKOK_MS);
  return `${two(there.getUTCHours())}.${two(there.getUTCMinutes())}`;
}

const serverTime = (known) => known.at + ageOf(known.kept);
const dayOf = (ms) => Math.floor((ms + BANGKOK_MS) / DAY_MS);

// What is known of today, and what stands at the counter after every step since; null: nothing is known.
async function read() {
  const known = await store.get("known");
  if (!known || dayOf(known.at) !== dayOf(serverTime(known))) return null;
  return { known, standing: counterAfter(known, await stepsSince(store, known)) };
}

// The step lies on the disk before anything of it is seen. What another window has done meanwhile is seen first.
let shownSigns = "";
async function take(step, ticket = null, more = {}) {
  await alone(code, async () => {
    const found = await read();
    if (!found || signsOf(found) !== shownSigns) return;
    if (step === "call" && !found.standing.waiting.some((one) => one.reference === ticket.reference)) return;
    const about = ticket ? { reference: ticket.reference } : {};
    await outbox.add(step, { step, sitting: found.known.sitting, ...about, ...more });
  });
  await draw({ isOwn: true });
  await tell();
}

const signsOf = ({ known, standing }) =>
  JSON.stringify([known.sitting, standing.here, standing.held, standing.missed, standing.paused, standing.last]);

let drawn = "";
async function draw({ isOwn = false } = {}) {
  const found = await read();
  if (!found) {
    if (drawn !== "nothing") own.replaceChildren(screens.nothing());
    others.replaceChildren();
    drawn = "nothing";
    return;
  }
  const { known, standing } = found;
  const now = serverTime(known);
  const first = nextOf(standing.waiting, now);
  shownSigns = signsOf(found);
  const signs = `${shownSigns} ${standing.here ? "" : first?.reference} ${known.at}`;
  if (!isOwn && (signs === drawn || isBusy())) return;
  drawn = signs;
  const hadFocus = own.contains(document.activeElement) || others.contains(document.activeElement);
  own.dataset.stage = standing.here?.stage ?? "free";
  own.replaceChildren(...screens.own(standing, known, first).filter(Boolean));
  others.replaceChildren(...screens.others(standing, known, now));
  if (hadFocus) own.querySelector("h2").focus({ preventScroll: true });
}

// In the middle of choosing something, which drawing anew would take away.
const isBusy = () => document.querySelector(".console details[open]") || document.activeElement?.matches("select");

async function tell() {
  const told = await outbox.drain();
  const unsent = (await outbox.unsent()).length;
  if (!unsent) await renew();
  back.dataset.kind = unsent || told.offline ? "secondary" : "primary";
  const undecided = (await outbox.sent()).filter((entry) => entry.answer?.undecided).length;
  const refused = (await outbox.refused()).length;
  const said = [
    unsent > 0 && filled(words.unsent, { number: unsent }),
    unsent > 0 && outbox.isSignedOut() && words.signed_out,
    refused > 0 && filled(words.refused, { number: refused }),
    undecided > 0 && filled(words.undecided, { number: undecided }),
    !unsent && isOnline && words.told,
  ].filter(Boolean);
  if (news.textContent !== said.join(" ")) news.textContent = said.join(" ");
}

// With the server there again, this page knows what the console knows.
let isOnline = false;
async function renew() {
  try {
    await keepKnown(store, code, addresses.console_known);
    isOnline = true;
  } catch (problem) {
    isOnline = false;
    if (!(problem instanceof Offline)) return;
  }
  await draw();
}

function tick() {
  const time = clock(Date.now());
  const shown = document.getElementById("console-clock");
  if (shown.textContent !== time) shown.textContent = time;
}

await draw();
await tell();
readSwitch();
document.addEventListener("keydown", pressByKey);
setInterval(tell, TELL_EVERY);
setInterval(draw, TELL_EVERY);
setInterval(tick, 1000);
addEventListener("online", tell);
tick();

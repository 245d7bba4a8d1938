// The tablet at a counter: asks about the visit that has just ended there, one tap, and thanks.

import { facesToChoose } from "../rating/faces.js";
import { asker, TurnedAway } from "../shared/asking.js";
import { stayAwake } from "../shared/awake.js";
import { facts, filled, h } from "../shared/dom.js";
import { follow } from "../shared/following.js";
import { keepOnDevice } from "../shared/installing.js";
import { createOutbox, outboxIn, outboxStore, Refused } from "../shared/outbox.js";
import { openStore } from "../shared/store.js";

const THANKS_STAY = 5000;
const { addresses, rating, languageNames, speech, words } = facts("tablet-facts");
const main = document.getElementById("main");
const page = document.documentElement;
const store = openStore("saduak-tablet", 1, (db) => {
  db.createObjectStore("meta");
  outboxIn(db);
});

let ask = null;
let outbox = null;
let following = null;
let state = null;
let visit = null; // The one that is shown, until it is rated or another comes.
let language = "th";
let thanking = 0;
const rated = new Set();

const say = (key, values) => filled(rating.sentences[language][key], values);

function show(kind, heading, ...parts) {
  main.dataset.screen = kind;
  page.lang = speech[language];
  main.replaceChildren(h("h1", { tabindex: -1 }, heading), ...parts.filter(Boolean));
  document.getElementById("tablet-languages").replaceChildren(
    ...(kind === "rate" ? state.languages : []).map((code) =>
      h(
        "button",
        { type: "button", lang: speech[code], "aria-pressed": String(code === language), onclick: () => speak(code) },
        languageNames[code],
      ),
    ),
  );
}

function speak(code) {
  language = code;
  draw();
}

function draw() {
  document.getElementById("tablet-centre").textContent = state.centre.th;
  if (!state.counter) return show("idle", words.noCounter);
  if (!visit) {
    language = "th";
    return show("idle", say("welcome"), h("p", { class: "tablet-counter" }, say("counter", { label: state.counter })));
  }
  const service = visit.service[language] || visit.service.en || visit.service.th;
  return show(
    "rate",
    say("question"),
    h("p", { class: "tablet-visit" }, h("b", {}, visit.number), " ", service),
    facesToChoose(rating, language, choose),
    h("p", { class: "tablet-promise" }, say("nobody_knows")),
  );
}

// The tap counts as soon as it lies on the disk; it is sent now, or when the server is there again.
async function choose(score) {
  const { reference } = visit;
  rated.add(reference);
  visit = null;
  show("thanks", say("thanks"));
  clearTimeout(thanking);
  thanking = setTimeout(() => {
    thanking = 0;
    draw();
  }, THANKS_STAY);
  await outbox.add("rating", { reference, score });
  await outbox.drain();
}

function received(told) {
  state = told;
  const next = told.visit && !rated.has(told.visit.reference) ? told.visit : null;
  const isNew = next?.reference !== visit?.reference;
  visit = next;
  if (isNew && next) language = state.languages.includes(next.language) ? next.language : "th";
  if (next && thanking) {
    clearTimeout(thanking);
    thanking = 0;
  }
  if (!thanking && (isNew || main.dataset.screen !== "rate")) draw();
}

function connected(missing) {
  document.getElementById("tablet-state").textContent = missing > 6000 ? words.cut : "";
  if (!missing) outbox.drain().catch(() => {});
}

function pairing(problem = "") {
  following?.stop();
  const input = h("input", { id: "code", autocomplete: "off", autocapitalize: "characters", maxlength: 12 });
  const form = h(
    "form",
    { class: "tablet-pairing" },
    h("label", { for: "code" }, words.code),
    h("p", { class: "hint" }, words.codeHint),
    input,
    problem && h("p", { class: "error", role: "alert" }, problem),
    h("button", { class: "button" }, words.pair),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { token } = await asker()(addresses.pair, { body: { code: input.value, kind: "tablet" } });
      await store.set("device", { token });
      run({ token });
    } catch (failed) {
      pairing(failed instanceof Refused ? failed.message : words.noAnswer);
    }
  });
  main.dataset.screen = "pairing";
  main.replaceChildren(h("h1", {}, words.pairing), form);
  input.focus();
}

function run({ token }) {
  ask = asker({ token });
  const send = (entry) => ask(addresses.rate, { body: entry.body });
  outbox = createOutbox({ store: outboxStore(store), send });
  following = follow({
    ask,
    address: addresses.state,
    show: received,
    trouble: connected,
    failed: (failed) => {
      if (failed instanceof TurnedAway) pairing(words.turnedAway);
    },
  });
}

document.addEventListener("keydown", (event) => {
  if (/^[1-5]$/.test(event.key) && !event.target.closest("input"))
    main.querySelector(`[data-option="${event.key}"]`)?.click();
});
stayAwake();
keepOnDevice({
  worker: addresses.worker,
  scope: addresses.tablet,
  name: "tablet",
  isIdle: () => main.dataset.screen === "idle",
}).catch(() => {});
store.get("device").then((device) => (device ? run(device) : pairing()));

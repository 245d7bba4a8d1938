// The officer's console: stays up to date by itself, and lets single letters press buttons.

import { asker } from "../shared/asking.js";
import { facts } from "../shared/dom.js";
import { follow } from "../shared/following.js";
import { keepKnown, openKeeping, outboxOf } from "../away/keeping.js";
import { keepOnDevice } from "../shared/installing.js";
import { pressByKey, readSwitch } from "./keys.js";
import { tick } from "./clock.js";

const setting = facts("console-setting");
const KNOWN_EVERY = 15000;
const connection = document.getElementById("console-connection");

// The officer is in the middle of something that drawing anew would take away.
const busy = () =>
  document.querySelector("#console details[open]") ||
  document.activeElement?.matches("input:not([type=checkbox]), textarea, select");

const signs = (control) =>
  control.getAttribute("href") ?? `${control.getAttribute("formaction")} ${control.value.split(":")[0]}`;

let suspected = "";

// What the others do is put in its place; what happened at the own counter in another window draws it all anew, when
// two answers in a row say so: the first may have been on its way while a button was pressed here. Whoever is busy is
// left alone: the form itself is then refused with what has changed, and nothing typed is lost.
function show(state) {
  keep().catch(() => {});
  const others = document.getElementById("others");
  if (others && others.dataset.version !== state.version) {
    const held = others.contains(document.activeElement) ? signs(document.activeElement) : "";
    others.innerHTML = state.others;
    others.dataset.version = state.version;
    if (held) [...others.querySelectorAll("a, button")].find((one) => signs(one) === held)?.focus({ preventScroll: true });
  }
  const here = document.getElementById("console");
  if (!here || (here.dataset.mine ?? "") === state.mine) {
    suspected = "";
  } else if (suspected !== state.mine) {
    suspected = state.mine;
    following.anew();
  } else if (!busy()) {
    suspected = "";
    globalThis.htmx?.ajax("GET", setting.page, { target: "#console", swap: "outerHTML" });
  }
}

// For a cut: what this computer needs to go on, at most every quarter of a minute, and never over something untold.
const store = openKeeping(setting.code);
const outbox = outboxOf(store, setting.away);
let keptAt = -Infinity;

async function keep() {
  if (performance.now() - keptAt < KNOWN_EVERY) return;
  keptAt = performance.now();
  if ((await outbox.unsent()).length) await outbox.drain();
  if ((await outbox.unsent()).length) return;
  if (await keepKnown(store, setting.code, setting.away.console_known)) document.documentElement.dataset.kept = "yes";
}

function trouble(silence) {
  if (silence < 6000) return say("");
  const minutes = Math.floor(silence / 60000);
  return say(minutes ? connection.dataset.away.replace("{minutes}", minutes) : connection.dataset.lost);
}

function say(words) {
  if (connection.textContent !== words) connection.textContent = words;
  document.documentElement.dataset.connection = words ? "lost" : "open";
  document.getElementById("console-away").hidden = !words;
}

const staff = { every: 3000, gather: 300 };
const following = follow({ ask: asker(), address: setting.state, live: setting.live, ...staff, show, trouble });
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id === "console") following.anew();
});

keepOnDevice({ worker: setting.away.away_worker, scope: setting.away.show_away, name: `console-${setting.code}` }).catch(() => {});
readSwitch();
document.addEventListener("keydown", pressByKey);
setInterval(tick, 1000);
tick();

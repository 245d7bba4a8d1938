// The officer's console: stays up to date by itself, and lets single letters press buttons.

import { asker } from "../shared/asking.js";
import { facts } from "../shared/dom.js";
import { follow } from "../shared/following.js";
import { pressByKey, readSwitch } from "./keys.js";
import { tick } from "./clock.js";

const setting = facts("console-setting");
const connection = document.getElementById("console-connection");

const typing = () => document.activeElement?.matches("input:not([type=checkbox]), textarea, select");

// What the others do is put in its place; what happened at the own counter elsewhere draws it all anew, unless the
// officer is typing: then the form itself is refused with what has changed, and nothing typed is lost.
function show(state) {
  const others = document.getElementById("others");
  if (others && others.dataset.version !== state.version && !others.contains(document.activeElement)) {
    others.innerHTML = state.others;
    others.dataset.version = state.version;
    globalThis.htmx?.process(others);
  }
  const here = document.getElementById("console");
  if (here && (here.dataset.mine ?? "") !== state.mine && !typing() && globalThis.htmx) {
    globalThis.htmx.ajax("GET", setting.page, { target: "#console", swap: "outerHTML" });
  }
}

function trouble(silence) {
  if (silence < 6000) return say("");
  const minutes = Math.floor(silence / 60000);
  return say(minutes ? connection.dataset.away.replace("{minutes}", minutes) : connection.dataset.lost);
}

function say(words) {
  if (connection.textContent !== words) connection.textContent = words;
  document.documentElement.dataset.connection = words ? "lost" : "open";
}

const following = follow({ ask: asker(), address: setting.state, live: setting.live, every: 3000, show, trouble });
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id === "console") following.anew();
});

readSwitch();
document.addEventListener("keydown", pressByKey);
setInterval(tick, 1000);
tick();

// The supervisor's floor stays up to date by itself; whoever uses the keyboard stays where they are.

import { asker } from "../shared/asking.js";
import { facts } from "../shared/dom.js";
import { follow } from "../shared/following.js";

const setting = facts("floor-setting");
const connection = document.getElementById("floor-connection");

function show(state) {
  const floor = document.getElementById("floor");
  if (floor.dataset.version === state.version) return;
  const held = floor.contains(document.activeElement) ? nameOf(document.activeElement) : "";
  floor.innerHTML = state.html;
  floor.dataset.version = state.version;
  if (held) [...floor.querySelectorAll("a, button, [tabindex]")].find((one) => nameOf(one) === held)?.focus();
}

const nameOf = (one) => one.href || `${one.name ?? ""}=${one.value ?? ""} ${one.ariaLabel ?? ""}`;

function trouble(silence) {
  const words = silence < 6000 ? "" : connection.dataset.lost;
  if (connection.textContent !== words) connection.textContent = words;
  document.documentElement.dataset.connection = words ? "lost" : "open";
}

follow({ ask: asker(), address: setting.state, live: setting.live, every: 3000, gather: 300, show, trouble });

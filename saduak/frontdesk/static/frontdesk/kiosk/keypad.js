// Figures to touch, in the place they have on a telephone, which people know by heart; before them the letters, where asked for.

import { h } from "../shared/dom.js";

// `typed` so far, of at most `most`; `open(typed)` draws the screen anew; `go` when `isEnough`.
export function keypad({ say, typed, most, isEnough, letters = [], label, open, go }) {
  const isFull = typed.length === most;
  const key = (sign, more = {}) => h("button", { type: "button", onclick: () => open(typed + sign), ...more }, sign);
  if (letters.length && !typed) return h("div", { class: "kiosk-keys" }, letters.map((letter) => key(letter)));
  const figure = (digit) => key(digit, { disabled: isFull, data: { option: digit } });
  const takeBack = h(
    "button",
    { type: "button", "aria-label": say("take_back"), disabled: !typed, onclick: () => open(typed.slice(0, -1)) },
    "⌫",
  );
  const done = h("button", { type: "button", class: "kiosk-first", disabled: !isEnough, onclick: go }, label);
  return h("div", { class: "kiosk-keys" }, [..."123456789"].map(figure), takeBack, figure("0"), done);
}

// What has been typed, large, and said to whoever listens.
export function shown(signs) {
  return h("output", { class: "kiosk-code", "aria-live": "polite" }, signs);
}

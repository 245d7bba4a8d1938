// The controls for one answer: met or not met, or points by big buttons. Each is {element, value, changed}; `value` never
// gives what the criteria do not allow, and `changed` is called when it may be saved.

import { points, problemWith, read } from "../../standards/score.js";
import { h, say } from "./dom.js";

// `kept()` is the answer that stands; it stays as long as nothing else is chosen.
export function verdict(leaf, answer, kept) {
  const made = { changed: () => {} };
  const choices = ["met", "not_met"].map((value) =>
    h(
      "label",
      { class: "field-choice", data: { answer: value } },
      h("input", {
        type: "radio",
        name: `said-${leaf.code}`,
        value,
        checked: answer === value,
        onchange: () => made.changed(),
      }),
      h("span", {}, say(value)),
    ),
  );
  made.element = h(
    "fieldset",
    { class: "field-plain" },
    h("legend", {}, say("is_met")),
    h("div", { class: "field-choices" }, choices),
  );
  made.value = () => made.element.querySelector(":checked")?.value ?? kept();
  return made;
}

export function stepper(leaf, answer, kept, { plan, problem }) {
  const made = { changed: () => {} };
  const most = read(leaf.most);
  const input = h("input", {
    id: `said-${leaf.code}`,
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    value: answer,
    "aria-describedby": problem.id,
    onchange: check,
    oninput: () => problem.replaceChildren(),
  });
  made.element = h(
    "div",
    { class: "field" },
    h("label", { for: input.id }, say("points_label")),
    h(
      "div",
      { class: "field-stepper" },
      h("button", { type: "button", "aria-label": say("fewer"), onclick: () => step(-1) }, "−"),
      input,
      h("button", { type: "button", "aria-label": say("more_points"), onclick: () => step(1) }, "+"),
      h("span", {}, say("of", { most: leaf.most })),
    ),
  );
  made.value = () => {
    const value = read(typed(input.value));
    if (wrongWith(value)) return kept();
    if (value !== null) return points(value, { short: true });
    return answer === "" ? kept() : ""; // Taken back; what never stood here was not.
  };
  return made;

  function step(direction) {
    const now = read(typed(input.value)) ?? (direction > 0 ? 0 : most);
    input.value = points(Math.min(most, Math.max(0, now + direction * read(leaf.step))), { short: true });
    check();
  }

  function check() {
    const value = read(typed(input.value));
    const wrong = wrongWith(value);
    const step = points(plan.step, { short: true });
    problem.replaceChildren(wrong && say(wrong, { most: leaf.most, step }));
    input.setAttribute("aria-invalid", wrong ? "true" : "false");
    if (wrong) return;
    answer = value === null ? answer : input.value;
    made.changed();
  }

  function wrongWith(value) {
    return value === null ? "" : problemWith(plan, leaf.code, value);
  }
}

// Thai digits and a comma are typed as well as any.
function typed(text) {
  return text
    .trim()
    .replace(",", ".")
    .replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
    .replace(/^0+(?=\d)/, "")
    .replace(/\.$/, "");
}

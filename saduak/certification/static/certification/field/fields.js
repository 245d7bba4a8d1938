// The few fields that screens outside the sheet ask for.

import { h } from "./dom.js";

export function field(label, input, hint = "") {
  const id = input.id;
  if (hint) input.setAttribute("aria-describedby", `${id}-hint`);
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
    input,
  );
}

export function secret(id, autocomplete) {
  return h("input", { id, type: "password", autocomplete, required: true, maxlength: 200 });
}

export function busy(form, working) {
  for (const one of form.querySelectorAll("button, input")) one.disabled = working;
}

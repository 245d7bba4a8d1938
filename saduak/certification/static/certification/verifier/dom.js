// Makes elements: h("button", { class: "button", onclick: check, data: { kind: "primary" } }, "words", other)

import { facts } from "./facts.js";

export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "data") Object.assign(made.dataset, value);
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

// A drawing that the page was given.
export function icon(name) {
  const holder = document.createElement("template");
  holder.innerHTML = facts.icons[name];
  return holder.content;
}

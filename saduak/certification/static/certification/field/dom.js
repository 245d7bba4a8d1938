// Elements, words and small things that every screen needs.

const facts = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "{}");
export const addresses = facts("field-addresses");
const words = facts("field-words");

// The words of the page's language; {names} are filled in.
export function say(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// h("button", { class: "button", onclick: send, data: { kind: "primary" } }, "words", other)
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "data") Object.assign(made.dataset, value);
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (["value", "checked", "disabled", "multiple"].includes(name)) made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function button(words, onclick, { kind = "primary", ...attributes } = {}) {
  return h("button", { type: "button", class: "button", data: { kind }, onclick, ...attributes }, words);
}

export function notice(tone, title, ...children) {
  return h(
    "div",
    { class: "notice", data: { tone }, role: tone === "danger" ? "alert" : "status" },
    h("div", {}, h("p", { class: "notice-title" }, title), ...children),
  );
}

const clock = new Intl.DateTimeFormat("th-TH", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

// 09.31
export function timeOf(moment) {
  return clock.format(new Date(moment)).replace(":", ".");
}

const day = new Intl.DateTimeFormat(
  document.documentElement.lang === "en" ? "en-GB-u-ca-buddhist" : "th-TH-u-ca-buddhist",
  {
    day: "numeric",
    month: "short",
    year: "numeric",
  },
);

export function dayAndTime(moment) {
  return `${day.format(new Date(moment))} ${timeOf(moment)}`;
}

export function sizeOf(bytes) {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export function saveAs(blob, name) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

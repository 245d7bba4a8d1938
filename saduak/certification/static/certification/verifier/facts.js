// What the page was given, and its words in the language of the moment.

import { momentOf } from "../../credentials/moments.js";

export const facts = JSON.parse(document.getElementById("verifier-facts").textContent);

let language = facts.language;
export const languageNow = () => language;
export function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
}

export const found = () => facts.words[language].found;

// A word of the page; {names} are filled in.
export function say(key, values = {}) {
  return facts.words[language].page[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// Why a check ended as it did; moments among its facts are told in Thai time.
export function sentence({ topic, because, facts: told }) {
  const words = found().sentences[because] ?? found().ofStatus[`${topic} ${because}`];
  return words.replace(/%\((\w+)\)s/g, (_, name) => (told[name] === undefined ? "–" : inThaiTime(told[name])));
}

export function inThaiTime(text) {
  const at = momentOf(text);
  return at === null ? text : momentInWords(at);
}

export function momentInWords(at) {
  const locale = language === "en" ? "en-GB-u-ca-gregory" : "th-TH-u-ca-buddhist";
  const day = { day: "numeric", month: "short", year: "numeric", timeZone: "Asia/Bangkok" };
  const parts = new Intl.DateTimeFormat(locale, day).formatToParts(at);
  const date = ["day", "month", "year"].map((kind) => parts.find((part) => part.type === kind).value).join(" ");
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Bangkok" }).format(at);
  return language === "en" ? `${date}, ${clock}` : `${date} ${clock.replace(":", ".")} น.`;
}

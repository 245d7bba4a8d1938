// Draws the parts of the board; each only when it says something else than before, so that nothing flickers.

import { filled, h } from "../shared/dom.js";
import { inEnglish, inThai, onTheBoard } from "./voice.js";

const LONG = 7; // Letters from which a counter's name stands in smaller type, on several lines.
const drawn = new Map();

// Whether this part has something new to say.
function isNew(part, said) {
  const told = JSON.stringify(said);
  if (drawn.get(part) === told) return false;
  drawn.set(part, told);
  return true;
}

const element = (id) => document.getElementById(id);

export function drawPlaces(places, words) {
  const said = places.map((place) => place && [place.call.number, place.call.counter, place.call.stage, place.isNew]);
  if (!isNew("places", said)) return;
  const isEmpty = places.every((place) => !place);
  element("board-places").replaceChildren(
    ...places.map((place, row) => {
      if (!place) return h("li", { class: "board-place", data: { stage: "empty" } }, isEmpty && !row ? words.nobody_called.th : "");
      const { number, stage } = place.call;
      const counter = onTheBoard(place.call.counter);
      const made = h(
        "li",
        { class: "board-place", data: { stage } },
        h("span", { class: "board-number" }, number),
        h("span", { class: "board-arrow", "aria-hidden": "true" }, "→"),
        h("span", { class: "board-counter", data: { length: counter.length } }, counter),
      );
      if (counter.length >= LONG) made.lastChild.dataset.long = "";
      if (place.isNew) made.dataset.new = "";
      return made;
    }),
  );
}

export function drawRecent(calls) {
  const most = 14;
  const said = calls.slice(0, most).map((call) => [call.number, onTheBoard(call.counter)]);
  if (!isNew("recent", said)) return;
  element("board-recent").replaceChildren(
    ...said.map(([number, counter]) => h("li", {}, h("b", {}, number), h("span", {}, counter))),
  );
}

export function drawLines(lines, words) {
  if (!isNew("lines", lines)) return;
  document.body.dataset.lines = lines.length;
  element("board-lines").replaceChildren(
    ...lines.map((line) => {
      const wait = line.wait ? ` · ${filled(words.wait.th, line.wait)}` : "";
      const waiting = line.waiting ? `${words.waiting.th} ${line.waiting}${wait}` : words.nobody_waits.th;
      const name = h("p", {}, h("b", {}, line.th), line.en && " ", line.en && h("small", { lang: "en" }, line.en));
      const next = line.next.flatMap((number) => [h("b", {}, number), " "]);
      return h("li", {}, name, h("p", { class: "board-next" }, next, h("span", {}, waiting)));
    }),
  );
}

// The call that is being said, in Thai and English; or beneath it, instead of English, those that were skipped.
export function drawCaption({ call, skipped }, sound) {
  const caption = element("board-caption");
  const also = skipped.map((one) => `${one.number} → ${onTheBoard(one.counter)}`).join(" · ");
  const said = call ? [h("p", {}, inThai(call.number, call.counter, sound.manner).caption)] : [];
  if (call && !also) said.push(h("p", { lang: "en" }, inEnglish(call.number, call.counter).caption));
  if (also) said.push(h("p", { class: "board-also" }, also));
  drawn.delete("message");
  caption.replaceChildren(...said);
}

// What the office says itself; nothing where it says nothing.
export function drawMessage(said) {
  if (!isNew("message", said)) return;
  const lines = [said.th && h("p", {}, said.th), said.en && h("p", { lang: "en" }, said.en)];
  element("board-caption").replaceChildren(...lines.filter(Boolean));
}

const clock = new Intl.DateTimeFormat("th-TH", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "Asia/Bangkok",
});
const day = new Intl.DateTimeFormat("th-TH-u-ca-buddhist", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "Asia/Bangkok",
});
const timeOf = (moment) => clock.format(new Date(moment)).replace(":", ".");

export function drawClock(now) {
  const parts = Object.fromEntries(day.formatToParts(new Date(now)).map(({ type, value }) => [type, value]));
  const [time, date] = [timeOf(now), `${parts.weekday} ${parts.day} ${parts.month} ${parts.year}`];
  if (!isNew("clock", [time, date])) return;
  element("board-clock").textContent = time;
  element("board-day").textContent = date;
}

// What stands in the red band is always true already: it is there before anybody sees it.
export function drawConnection(freshness, heard, words) {
  const time = heard === null ? "–" : timeOf(heard);
  if (!isNew("connection", [freshness, time])) return;
  const shown = element("board-connection");
  shown.dataset.state = freshness;
  const state = freshness === "live" ? words.connected.th : words.cut.th;
  shown.textContent = `${state} · ${filled(words.as_of.th, { time: `${time} น.` })}`;
  element("board-stale").replaceChildren(
    h("strong", {}, filled(words.stale.th, { time: `${time} น.` })),
    " ",
    h("span", { lang: "en" }, filled(words.stale.en, { time })),
  );
  document.body.dataset.freshness = freshness;
}

// The page where an office records its voice: one word after the other, by buttons or by keys.

import { Sound } from "../board/sound.js";
import { inThai, WORDS } from "../board/voice.js";
import { facts, filled } from "../shared/dom.js";
import { Recorder } from "./recording.js";

const element = (id) => document.getElementById(id);
const { record, sounds, desk, words } = facts("voice-setting");
const choices = [...document.querySelectorAll(".voice-choice")];
const recorder = new Recorder();
const sound = new Sound({ address: `desk-${desk}`, voice: sounds, isOn: true });
let version = 0;
let here = Math.max(0, choices.findIndex((choice) => !("recorded" in choice.dataset)));

const isRecorded = (choice) => "recorded" in choice.dataset;
const say = (sentence) => {
  element("voice-state").textContent = sentence;
};

function show() {
  const choice = choices[here];
  for (const other of choices) other.removeAttribute("aria-current");
  choice.setAttribute("aria-current", "true");
  element("voice-word").textContent = choice.dataset.said;
  element("voice-hint").textContent = choice.dataset.hint;
  element("voice-play").disabled = !isRecorded(choice);
  element("voice-record").textContent = isRecorded(choice) ? words.again : words.record;
  say(isRecorded(choice) ? words.recorded : words.missing);
}

function go(place) {
  if (recorder.isRecording) return;
  here = (place + choices.length) % choices.length;
  show();
  choices[here].scrollIntoView({ block: "nearest" });
}

async function press() {
  if (recorder.isRecording) return recorder.stop();
  const choice = choices[here];
  try {
    const wav = await recorder.record(() => {
      element("voice-desk").dataset.recording = "";
      element("voice-record").textContent = words.stop;
      say(words.recording);
    });
    say(words.saving);
    say(await save(choice, wav));
  } catch {
    say(words.no_microphone);
  } finally {
    delete element("voice-desk").dataset.recording;
    element("voice-record").textContent = isRecorded(choice) ? words.again : words.record;
    element("voice-play").disabled = !isRecorded(choice);
  }
  return undefined;
}

// What to say after it: that it is saved, or why not.
async function save(choice, wav) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  body.append("word", choice.dataset.code);
  body.append("sound", new Blob([wav], { type: "audio/wav" }), `${choice.dataset.code}.wav`);
  let answer;
  try {
    answer = await fetch(record, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    return words.not_saved;
  }
  if (answer.status === 422) return (await answer.json()).problem;
  if (!answer.ok || answer.redirected) return words.not_saved;
  const { recorded } = await answer.json();
  choice.dataset.recorded = "";
  choice.querySelector("small").textContent = words.recorded;
  const bar = element("voice-progress").querySelector("progress");
  if (bar) bar.value = recorded;
  const told = element("voice-progress").querySelector("strong");
  if (told) told.textContent = told.textContent.replace(/[0-9]+/, recorded);
  await refresh();
  await sound.hear([choice.dataset.code]);
  return words.saved;
}

function refresh() {
  version += 1;
  return sound.use(version);
}

function sentence() {
  const said = inThai(element("try-number").value || "A012", element("try-counter").value || "5", sound.manner);
  element("try-sentence").textContent = said.caption;
  return said;
}

async function tryOut() {
  await sound.wake();
  const said = sentence();
  if (!said.clips) {
    element("try-state").textContent = words.cannot_join;
    return;
  }
  const missing = [...new Set(said.clips.filter((code) => !sound.has(code)))];
  element("try-state").textContent = missing.length
    ? filled(words.some_missing, { words: missing.map((code) => WORDS[code]).join(" · ") })
    : "";
  await sound.hear(["chime", ...said.clips.filter((code) => sound.has(code))]);
}

async function listen() {
  await sound.wake();
  await sound.hear([choices[here].dataset.code]);
}

function byKeys(event) {
  if (event.target.closest("input, select, textarea, a, summary, [role=tab]") || event.ctrlKey || event.altKey) return;
  const isOnOtherButton = event.target.closest("button") && !event.target.closest("#voice-desk, .voice-choice");
  if (isOnOtherButton) return;
  const deeds = { " ": press, Enter: listen, ArrowRight: () => go(here + 1), ArrowLeft: () => go(here - 1) };
  const deed = deeds[event.key];
  if (!deed || (event.key === "Enter" && !isRecorded(choices[here])) || event.repeat) return;
  if (event.target.closest("button") && ["Enter", " "].includes(event.key)) return; // A button does its own deed.
  event.preventDefault();
  deed();
}

choices.forEach((choice, place) => choice.addEventListener("click", () => go(place)));
element("voice-before").addEventListener("click", () => go(here - 1));
element("voice-after").addEventListener("click", () => go(here + 1));
element("voice-record").addEventListener("click", press);
element("voice-play").addEventListener("click", listen);
element("try-play").addEventListener("click", tryOut);
for (const id of ["try-number", "try-counter"]) element(id).addEventListener("input", sentence);
document.addEventListener("keydown", byKeys);
addEventListener("pagehide", () => recorder.close());
element("voice-desk").hidden = element("voice-try").hidden = false;
show();
refresh().then(sentence);

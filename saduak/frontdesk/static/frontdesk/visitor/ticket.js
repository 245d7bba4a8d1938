// Follows a ticket: shows where it stands, sounds and vibrates when it is called, and lets the phone be told.

import { asker } from "../shared/asking.js";
import { follow } from "../shared/following.js";

const ticket = document.querySelector("#ticket");
const standing = document.querySelector("#standing");
const trouble = document.querySelector("#trouble");
const number = document.querySelector(".ticket-number").textContent;
const language = ticket.dataset.speech;
const clock = new Intl.DateTimeFormat("th-TH", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Bangkok" });
let stage = ticket.dataset.stage;
let heardAt = Date.now();
let sounds = null;

// Two tones as on the board; made here, so that nothing has to be fetched when it counts.
function chime() {
  if (!sounds) return;
  [660, 880, 660, 880].forEach((pitch, at) => {
    const tone = sounds.createOscillator();
    const volume = sounds.createGain();
    const begins = sounds.currentTime + at * 0.35;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.4, begins);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.33);
    tone.connect(volume).connect(sounds.destination);
    tone.start(begins);
    tone.stop(begins + 0.34);
  });
}

function called(state) {
  navigator.vibrate?.([400, 200, 400, 200, 800]);
  chime();
  if (sounds && window.speechSynthesis) {
    const words = new SpeechSynthesisUtterance(`${number.split("").join(" ")}. ${state.title} ${state.counter}`);
    words.lang = language;
    speechSynthesis.speak(words);
  }
}

const following = follow({
  ask: asker(),
  address: ticket.dataset.state,
  live: ticket.dataset.live,
  every: 5000,
  show(state) {
    if (standing.innerHTML.trim() !== state.html.trim()) standing.innerHTML = state.html;
    document.title = state.stage === "called" ? `● ${number} ${state.title} ${state.counter}` : number;
    if (state.stage === "called" && stage !== "called") called(state);
    // What can be done has changed with the stage; a reload draws the rest of the page.
    const ended = ["finished", "no_show", "cancelled"].includes(state.stage);
    if (ended && !["finished", "no_show", "cancelled"].includes(stage)) location.reload();
    stage = state.stage;
  },
  trouble(missing) {
    if (missing === 0) heardAt = Date.now();
    trouble.textContent =
      missing > 15_000 ? ticket.dataset.noNews.replace("{time}", clock.format(heardAt).replace(":", ".")) : "";
  },
});
document.addEventListener("visibilitychange", () => document.hidden || following.now());

// Sound needs a touch first; that is what the button is for.
const sound = document.querySelector("#sound");
if (sound && window.AudioContext) {
  sound.hidden = false;
  sound.addEventListener("click", () => {
    const on = sound.getAttribute("aria-pressed") !== "true";
    sound.setAttribute("aria-pressed", String(on));
    sounds = on ? new AudioContext() : null;
    if (on) chime();
  });
}

const push = document.querySelector("#push");
const told = document.querySelector("#push-told");

function bytesOf(key) {
  const plain = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

async function subscribe() {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("not allowed");
  const worker = await navigator.serviceWorker.register(ticket.dataset.pushWorker);
  await navigator.serviceWorker.ready;
  const subscription = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(ticket.dataset.pushKey),
  });
  const csrf = document.querySelector("[name=csrfmiddlewaretoken]").value;
  await asker({ csrf })(ticket.dataset.push, { body: subscription.toJSON() });
}

if (push && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  push.hidden = false;
  push.addEventListener("click", async () => {
    push.disabled = true;
    try {
      await subscribe();
      told.textContent = ticket.dataset.telling;
      push.hidden = true;
    } catch {
      told.textContent = ticket.dataset.tellRefused;
      push.disabled = false;
    }
  });
}

// Printing needs nothing but a button where there are scripts.
const print = document.querySelector("#print");
if (print) {
  document.querySelector("#print-place").hidden = false;
  print.addEventListener("click", () => window.print());
}

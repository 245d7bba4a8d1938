// The board: it shows what the server knows, goes on with what it knows itself, and says since when.

import { asker } from "../shared/asking.js";
import { stayAwake } from "../shared/awake.js";
import { moment, ageOf, serverTime } from "../shared/clock.js";
import { facts } from "../shared/dom.js";
import { follow } from "../shared/following.js";
import { keepOnDevice } from "../shared/installing.js";
import { openStore } from "../shared/store.js";
import { Announcements } from "./announcing.js";
import { drawCaption, drawClock, drawConnection, drawLines, drawMessage, drawPlaces, drawRecent } from "./drawing.js";
import { freshness } from "./freshness.js";
import { Showing } from "./showing.js";
import { Sound } from "./sound.js";

const READING_TIME = 4000; // A caption that nobody speaks stands at least so long.
const TICK = 500;
const QUIET = 60_000; // After so long without a call, and nobody awaited, the office's own words stand there again.

const setting = facts("board-setting");
const words = facts("board-words");
const messages = facts("board-messages");
const store = openStore(`saduak-board-${setting.address}`, 1, (db) => db.createObjectStore("meta"));
const showing = new Showing(setting.places);
const announcements = new Announcements();
const sound = new Sound({ address: setting.address, voice: setting.addresses.voice, isOn: setting.speaks });

let state = null; // The last one that the server has told, now or before this page was opened.
let heard = null; // When it was: a moment of clock.js.
let spoken = -Infinity; // When the last announcement ended, by the server's time.
let measured = null; // How far this device's clock is away from the server's.

const now = () => serverTime(measured);

async function show(told, measure) {
  measured = measure ?? measured;
  heard = moment();
  state = told;
  await store.set("last", { state, heard }).catch(() => {}); // A full or forbidden disk must not stop the board.
  if (state.shell !== setting.shell) loadAnew();
  sound.use(state.voice);
  draw();
  announcements.hear(state.calls.map((call) => ({ ...call, holds: call.stage === "called" })), now());
  speak();
}

function draw() {
  if (!state) return;
  const { places, recent } = showing.see(state.calls, now(), state.seconds);
  drawPlaces(places, words);
  drawRecent(recent);
  drawLines(state.lines, words);
}

// One announcement after the other; without sound they are still captions, each long enough to be read.
async function speak() {
  for (let next; (next = announcements.next(now())); ) {
    drawCaption(next, sound);
    if (next.call) {
      const began = performance.now();
      await sound.say(next.call, { chime: next.chime });
      await pause(READING_TIME - (performance.now() - began));
    }
    spoken = now();
    announcements.done(spoken);
  }
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, Math.max(0, milliseconds)));

// Other settings make another page. Only when the server is there, not in the middle of a call, and not for ever.
function loadAnew() {
  if (announcements.saying || sessionStorage.getItem("board-loaded-for") === state.shell) return;
  sessionStorage.setItem("board-loaded-for", state.shell);
  location.reload();
}

// What the office says itself, while nobody is called.
function rest() {
  const isAwaited = state?.calls.some((call) => call.stage === "called");
  if (announcements.saying || isAwaited || now() - spoken < QUIET) return;
  drawMessage(messages[state && !state.is_open ? "closed" : "open"]);
}

function beat() {
  heard = moment();
  const stale = document.getElementById("board-stale");
  stale.dataset.beat = stale.dataset.beat === "a" ? "b" : "a";
}

function tick() {
  draw();
  rest();
  drawClock(now());
  const age = heard ? ageOf(heard) : Infinity;
  drawConnection(freshness(0, age), heard ? now() - age : null, words);
}

async function begin() {
  const kept = await store.get("last").catch(() => null);
  if (kept && !state) {
    ({ state, heard } = kept);
    draw();
  }
  tick();
  setInterval(tick, TICK);
  follow({
    ask: asker(),
    address: setting.addresses.state,
    live: setting.live,
    show,
    trouble: (since) => since || beat(),
    failed: () => {}, // The board was taken down: it goes stale, and says so.
  });
}

sound.offer(document.getElementById("board-sound"));
begin();
stayAwake();
keepOnDevice({
  worker: setting.addresses.worker,
  scope: setting.addresses.page,
  name: `board-${setting.address}`,
  isIdle: () => !announcements.saying,
}).catch(() => {});

// What is heard: a chime, recorded words joined without a gap, and the browser's own voice where words are missing.
// A browser lets a page sound only after somebody has touched it, so there is a button until then.

import { inEnglish, inThai } from "./voice.js";

const BETWEEN = 0.04; // Seconds between two words.
const CHIME = [
  { pitch: 783.99, at: 0 },
  { pitch: 659.25, at: 0.35 },
];
const CHIME_TAKES = 1.1;

export class Sound {
  #isOn;
  #voice;
  #cache;
  #context = null;
  #known = null;
  #words = new Map();

  // How calls begin and end.
  manner = { opening: "th_01", ending: "th_06" };

  constructor({ address, voice, isOn }) {
    this.#isOn = isOn;
    this.#voice = voice;
    this.#cache = `sounds-${address}`;
    if (isOn && globalThis.AudioContext) this.#context = new AudioContext();
  }

  get isAllowed() {
    return this.#isOn && this.#context?.state === "running";
  }

  // Shows the button while it is needed; any touch of the page will do.
  offer(button) {
    if (!button || !this.#context) return;
    const look = () => {
      button.hidden = this.isAllowed;
    };
    const allow = () => this.#context.resume().then(look, look);
    this.#context.addEventListener("statechange", look);
    for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, allow);
    button.addEventListener("click", () => {
      allow();
      this.#speakAloud("", "th-TH"); // Some browsers let a page speak only after it has spoken at a touch.
    });
    look();
  }

  // Loads the recorded words when they have changed; `version` names them.
  async use(version) {
    if (version === this.#known || !this.#isOn || !this.#context) return;
    this.#known = version;
    try {
      const answer = await fetch(this.#voice, { signal: AbortSignal.timeout(10_000) });
      const { opening, ending, clips } = await answer.json();
      this.manner = { opening, ending };
      const loaded = await Promise.all(Object.entries(clips).map(([code, from]) => this.#load(code, from)));
      this.#words = new Map(loaded.filter((one) => one));
    } catch {
      this.#known = null; // Asked again with the next state.
    }
  }

  // Says one call and is done when it has been heard; at once where nothing may be heard.
  async say(call, { chime }) {
    if (!this.isAllowed) return;
    if (chime) await this.#play((at) => this.#chimeAt(at));
    const thai = inThai(call.number, call.counter, this.manner);
    const isRecorded = thai.clips?.every((code) => this.#words.has(code));
    if (isRecorded) await this.#play((at) => this.#joinedAt(at, thai.clips));
    else await this.#speakAloud(thai.speech, "th-TH");
    if (call.language !== "th") await this.#speakAloud(inEnglish(call.number, call.counter).speech, "en-GB");
  }

  // For the page where words are recorded: after a press of a button, without a queue.
  wake() {
    return this.#context?.resume();
  }

  has(code) {
    return this.#words.has(code);
  }

  // Plays recorded words, one after the other; "chime" among them is the chime.
  async hear(codes) {
    if (!this.isAllowed) return;
    if (codes.includes("chime")) await this.#play((at) => this.#chimeAt(at));
    const words = codes.filter((code) => this.has(code));
    await this.#play((at) => this.#joinedAt(at, words));
  }

  // Kept on the device under its address, which names the content; what is no longer used goes.
  async #load(code, from) {
    try {
      const kept = await globalThis.caches?.open(this.#cache);
      let answer = await kept?.match(from);
      if (!answer) {
        answer = await fetch(from);
        if (!answer.ok) return null;
        for (const old of (await kept?.keys()) ?? []) if (old.url.includes(`/${code}?`)) await kept.delete(old);
        await kept?.put(from, answer.clone());
      }
      return [code, await this.#context.decodeAudioData(await answer.arrayBuffer())];
    } catch {
      return null;
    }
  }

  // `schedule` puts sounds on the context's clock from a moment on, and returns when they end.
  #play(schedule) {
    const begins = this.#context.currentTime + 0.05;
    const ends = schedule(begins);
    return new Promise((done) => setTimeout(done, (ends - this.#context.currentTime) * 1000));
  }

  #joinedAt(begins, codes) {
    let at = begins;
    for (const code of codes) {
      const source = this.#context.createBufferSource();
      source.buffer = this.#words.get(code);
      source.connect(this.#context.destination);
      source.start(at);
      at += source.buffer.duration + BETWEEN;
    }
    return at;
  }

  #chimeAt(begins) {
    for (const { pitch, at } of CHIME) {
      const [tone, loudness] = [this.#context.createOscillator(), this.#context.createGain()];
      tone.frequency.value = pitch;
      tone.connect(loudness).connect(this.#context.destination);
      loudness.gain.setValueAtTime(0.0001, begins + at);
      loudness.gain.exponentialRampToValueAtTime(0.35, begins + at + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.0001, begins + at + 0.7);
      tone.start(begins + at);
      tone.stop(begins + at + 0.75);
    }
    return begins + CHIME_TAKES;
  }

  // Some voices never say that they have ended: after a fair time they are cut off, so that no two ever overlap.
  #speakAloud(words, language) {
    const speech = globalThis.speechSynthesis;
    if (!speech) return Promise.resolve();
    return new Promise((done) => {
      const said = new SpeechSynthesisUtterance(words);
      said.lang = language;
      said.voice = speech.getVoices().find((voice) => voice.lang.startsWith(language.slice(0, 2))) ?? null;
      if (words && !said.voice && speech.getVoices().length) return done(); // No voice that speaks this language.
      const late = setTimeout(() => {
        speech.cancel();
        done();
      }, 3000 + words.length * 160);
      said.onend = said.onerror = () => {
        clearTimeout(late);
        done();
      };
      speech.speak(said);
      return undefined;
    });
  }
}

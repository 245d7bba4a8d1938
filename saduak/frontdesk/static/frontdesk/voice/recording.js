// Records one word from the microphone, and makes it ready.

import { levelled, RATE, toWav, trimmed } from "./wav.js";

const LONGEST = 5000; // Milliseconds after which a recording ends by itself.

export class Recorder {
  #stream = null;
  #media = null;

  get isRecording() {
    return this.#media?.state === "recording";
  }

  // The word as WAV bytes, once somebody has called `stop` or the time is over.
  async record(onBegin = () => {}) {
    this.#stream ??= await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    const pieces = [];
    this.#media = new MediaRecorder(this.#stream);
    this.#media.addEventListener("dataavailable", (event) => pieces.push(event.data));
    const ended = new Promise((done) => this.#media.addEventListener("stop", done));
    this.#media.start();
    onBegin();
    const late = setTimeout(() => this.stop(), LONGEST);
    await ended;
    clearTimeout(late);
    return ready(await new Blob(pieces, { type: this.#media.mimeType }).arrayBuffer());
  }

  stop() {
    if (this.isRecording) this.#media.stop();
  }

  // Lets the microphone go.
  close() {
    this.stop();
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
  }
}

// Any sound that the browser can read, as one channel at our rate.
async function ready(recorded) {
  const decoder = new OfflineAudioContext(1, RATE, RATE);
  const heard = await decoder.decodeAudioData(recorded);
  const mixer = new OfflineAudioContext(1, Math.max(1, Math.ceil(heard.duration * RATE)), RATE);
  const source = mixer.createBufferSource();
  source.buffer = heard;
  source.connect(mixer.destination);
  source.start();
  const samples = (await mixer.startRendering()).getChannelData(0);
  return toWav(levelled(trimmed(samples, RATE), RATE), RATE);
}

// A recorded word made ready to be joined with others: silence cut off, as loud as the rest, one channel of 16 bits.
// Samples are numbers from -1 to 1.

export const RATE = 24_000;

const SILENCE = 0.02; // Of the loudest sample: what stays below is no speech.
const MARGIN = 0.04; // Seconds that stay before and after the word.
const WINDOW = 0.01; // Seconds over which loudness is measured.
const PEAK = 0.8;

// The part in which somebody speaks, with a little around it; all of it when nobody does.
export function trimmed(samples, rate) {
  const window = Math.max(1, Math.round(WINDOW * rate));
  const loudness = [];
  for (let begin = 0; begin < samples.length; begin += window) {
    let sum = 0;
    const end = Math.min(begin + window, samples.length);
    for (let place = begin; place < end; place += 1) sum += samples[place] ** 2;
    loudness.push(Math.sqrt(sum / (end - begin)));
  }
  const threshold = Math.max(...loudness) * SILENCE * 4;
  const first = loudness.findIndex((value) => value > threshold);
  const last = loudness.findLastIndex((value) => value > threshold);
  if (first < 0) return samples;
  const margin = Math.round(MARGIN * rate);
  return samples.slice(Math.max(0, first * window - margin), Math.min(samples.length, (last + 1) * window + margin));
}

// So loud that the largest sample is the same in every word, with soft ends so that joining does not click.
export function levelled(samples, rate) {
  let largest = 0;
  for (const sample of samples) largest = Math.max(largest, Math.abs(sample));
  const gain = largest > 0.001 ? PEAK / largest : 1;
  const fade = Math.min(Math.round(0.008 * rate), Math.floor(samples.length / 2));
  return Float32Array.from(samples, (sample, place) => {
    const edge = Math.min(place, samples.length - 1 - place);
    return sample * gain * (edge < fade ? edge / fade : 1);
  });
}

// The bytes of a WAV file.
export function toWav(samples, rate) {
  const bytes = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const write = (place, letters) => [...letters].forEach((letter, n) => bytes.setUint8(place + n, letter.charCodeAt(0)));
  write(0, "RIFF");
  bytes.setUint32(4, 36 + samples.length * 2, true);
  write(8, "WAVEfmt ");
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true); // PCM
  bytes.setUint16(22, 1, true); // One channel.
  bytes.setUint32(24, rate, true);
  bytes.setUint32(28, rate * 2, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  write(36, "data");
  bytes.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, n) => bytes.setInt16(44 + n * 2, Math.max(-1, Math.min(1, sample)) * 32767, true));
  return new Uint8Array(bytes.buffer);
}

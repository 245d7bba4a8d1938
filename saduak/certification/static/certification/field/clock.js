// Clocks are wrong sometimes. What the server said last is kept, and a clock that is set back is noticed at once.

import * as store from "./store.js";

const began = { wall: Date.now(), steady: performance.now() };

// By how many seconds the clock was set back since the page began. A step ahead cannot be told from a sleeping device.
export function setBack() {
  const passed = performance.now() - began.steady;
  return Math.max(0, Math.round((passed - (Date.now() - began.wall)) / 1000) - 1);
}

// Keeps what the device must add to its clock to tell the server's time, in seconds.
export async function compare(serverNow, sentAt) {
  const here = (sentAt + Date.now()) / 2;
  const offset = Math.round((Date.parse(serverNow) - here) / 1000);
  began.wall = Date.now();
  began.steady = performance.now();
  await store.setMeta("clock", { offset, at: Date.now() });
  return offset;
}

export async function offset() {
  return ((await store.meta("clock"))?.offset ?? 0) + setBack();
}

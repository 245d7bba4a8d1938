// Clocks of devices are wrong sometimes, and are set while a page is open. Nothing here believes a clock: it measures
// how old something is, by the device's clock and by a count that nobody can set, and how far the server's time is away.

// One life of a page: its steady count begins anew with every start.
export const LIFE = globalThis.crypto.randomUUID();

// A moment as this device sees it. Keep it whole; `ageOf` and `movedOf` need all of it.
export function moment({ wall = Date.now(), steady = performance.now(), life = LIFE } = {}) {
  return { wall, steady, life };
}

// How many milliseconds have passed since `then`. Within one life of the page a clock that was set back cannot make
// something younger; the steady count may have stood still while the device slept, so the larger of both holds.
export function ageOf(then, now = moment()) {
  const byClock = now.wall - then.wall;
  const bySteady = now.life === then.life ? now.steady - then.steady : 0;
  return Math.max(0, Math.round(byClock), Math.round(bySteady));
}

// By how many milliseconds the clock was set back since `then`, as far as it can be known; 0 for less than a second.
export function setBackSince(then, now = moment()) {
  if (now.life !== then.life) return Math.max(0, then.wall - now.wall);
  const back = now.steady - then.steady - (now.wall - then.wall);
  return back > 1000 ? Math.round(back) : 0;
}

// What must be added to this device's clock to tell the server's time, and by how much that may be wrong, both in
// milliseconds. `sent` and `received` are the moments before and after the server was asked.
export function measured(serverNow, sent, received = moment()) {
  const took = ageOf(sent, received);
  const server = typeof serverNow === "number" ? serverNow : Date.parse(serverNow);
  return { offset: Math.round(server - (received.wall - took / 2)), within: Math.ceil(took / 2), at: received };
}

// The server's time as far as this device knows it, in milliseconds; its own clock where it was never measured.
export function serverTime(last, now = moment()) {
  if (!last) return now.wall;
  return last.at.wall + last.offset + ageOf(last.at, now);
}

// How old the news on the board are, by the clock on the wall: a tick that comes late, after a sleep, tells it as well.

export const LATE_AFTER = 10_000;
export const STALE_AFTER = 30_000;

// "live", "late" (something may be missing) or "stale" (do not rely on it); `last` is when the server last answered.
export function freshness(last, now) {
  const age = Math.abs(now - last); // A clock that was set back tells as little as an old answer.
  if (age > STALE_AFTER) return "stale";
  return age > LATE_AFTER ? "late" : "live";
}

// The server's time by a clock that may be wrong: `ahead` is how far this clock was ahead at the last answer.
export function serverTime(now, ahead) {
  return now - ahead;
}

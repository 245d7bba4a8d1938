// What is said next. One call at a time, in the order of the calls, each once; no clock and no sound in here.
//
// A call is { id, number, counter, at, holds }: `at` in milliseconds, `holds` while the visitor is still awaited.

export const FRESH_FOR = 20_000;
// A board that has just been switched on does not say what was called longer ago.

export const LATE_AFTER = 45_000;
export const MANY = 6;
// Once a call is so late, or so many wait to be said, only what still holds is said; the rest stands as a caption.

export const QUIET_FOR = 4_000;
// After so long a silence the chime comes before the words.

export class Announcements {
  #heard = new Set();
  #waiting = [];
  #saying = null;
  #begun = false;
  #quietSince = -Infinity;

  get saying() {
    return this.#saying;
  }

  get waiting() {
    return [...this.#waiting];
  }

  // The day's latest calls as the server knows them, oldest first; those that it has taken back are not among them.
  hear(calls, now) {
    const known = new Map(calls.map((call) => [call.id, call]));
    this.#waiting = this.#waiting.filter((call) => known.has(call.id)).map((call) => known.get(call.id));
    for (const call of calls) {
      if (this.#heard.has(call.id)) continue;
      this.#heard.add(call.id);
      if (!this.#begun && now - call.at > FRESH_FOR) continue;
      const before = this.#waiting.findIndex((other) => other.number === call.number);
      if (before >= 0) this.#waiting[before] = call;
      else this.#waiting.push(call);
    }
    this.#begun = true;
  }

  // { call, skipped, chime }, or null while something is being said or nothing is left; `call` is null when all that
  // waited was skipped.
  next(now) {
    if (this.#saying || !this.#waiting.length) return null;
    const skipped = [];
    while (this.#waiting.length) {
      const call = this.#waiting.shift();
      const isLate = now - call.at > LATE_AFTER || this.#waiting.length >= MANY;
      if (isLate && !call.holds) {
        skipped.push(call);
        continue;
      }
      this.#saying = call;
      return { call, skipped, chime: now - this.#quietSince > QUIET_FOR };
    }
    return { call: null, skipped, chime: false };
  }

  done(now) {
    this.#saying = null;
    this.#quietSince = now;
  }
}

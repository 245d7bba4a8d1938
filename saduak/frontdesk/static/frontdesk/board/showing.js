// Which calls stand large, each in a place of its own for long enough, and which among the recent ones. No clock in here.
//
// A call is { id, number, counter, at, stage }: `stage` is "called", "serving" or "over".

const STAGES = ["called", "serving", "over"];

export class Showing {
  #places;
  #seen = new Set();
  #queue = [];
  #begun = false;

  constructor(room) {
    this.#places = Array(room).fill(null);
  }

  // All of the day's latest calls, oldest first. `seconds`: how long a call stands large at least.
  // { places: [{ call, isNew } or null], recent: [call, …] newest first }
  see(calls, now, seconds) {
    const latest = new Map();
    for (const call of calls) {
      latest.delete(call.number); // So that the order is that of the latest calls.
      latest.set(call.number, call);
    }
    this.#follow(latest, now, seconds);
    const fresh = [...latest.values()].filter((call) => !this.#seen.has(call.id));
    for (const call of calls) this.#seen.add(call.id);
    if (this.#begun) this.#queue.push(...fresh.filter((call) => !this.#queue.includes(call)));
    else this.#queue = fresh.filter((call) => call.stage !== "over").slice(-this.#places.length);
    for (const call of [...this.#queue]) {
      const since = this.#begun ? now : call.at;
      if (!this.#put(call, since, now, seconds)) break;
      this.#queue.shift();
    }
    this.#begun = true;
    return this.#shown(latest, now, seconds);
  }

  // What the server says now of those that stand or wait: a recall is new again, what was taken back goes.
  #follow(latest, now, seconds) {
    this.#places = this.#places.map((place) => {
      const call = place && latest.get(place.call.number);
      if (!call) return null;
      if (call.id > place.call.id) return { call, since: now };
      const mayGo = call.id < place.call.id || now - place.since >= seconds * 1000;
      return call.stage === "over" && mayGo ? null : { call, since: place.since };
    });
    this.#queue = this.#queue
      .map((call) => latest.get(call.number))
      .filter((call) => call && call.stage !== "over");
  }

  #put(call, since, now, seconds) {
    const standing = this.#places.findIndex((place) => place?.call.number === call.number);
    const free = standing >= 0 ? standing : this.#places.indexOf(null);
    const place = free >= 0 ? free : this.#leastNeeded(now, seconds);
    if (place === -1) return false;
    this.#places[place] = { call, since: standing >= 0 ? this.#places[standing].since : since };
    return true;
  }

  // The place that another call may take: shown long enough; over before serving before called, then the longest shown.
  #leastNeeded(now, seconds) {
    const rank = (place) => STAGES.indexOf(this.#places[place].call.stage);
    const may = [...this.#places.keys()].filter((place) => now - this.#places[place].since >= seconds * 1000);
    may.sort((a, b) => rank(b) - rank(a) || this.#places[a].since - this.#places[b].since);
    return may.length ? may[0] : -1;
  }

  #shown(latest, now, seconds) {
    const large = new Set(this.#places.filter((place) => place).map((place) => place.call.number));
    return {
      places: this.#places.map(
        (place) => place && { call: place.call, isNew: now - place.since < seconds * 1000 },
      ),
      recent: [...latest.values()].filter((call) => !large.has(call.number)).reverse(),
    };
  }
}

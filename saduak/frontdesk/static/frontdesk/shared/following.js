// Keeps a page up to date: the live stream wakes it, a poll is the floor that always works, a 304 costs nothing.
// Without the stream it asks a little sooner, so that what has happened is there within `every`, the answer included.
//
//     const following = follow({ ask, address, live: "/live/journal?case_kind=ticket&centre=7", every: 3000,
//                                show(state) {…}, trouble(sinceMs) {…} });
//     following.now(); following.stop();
//
// With `gather` a wake waits so many milliseconds at most, each page another time: when many counters press at once, every
// page asks once and not for each of them, and not all in the same moment.
//
// `show` gets every new state whole, so that one answer redraws everything after an outage. `trouble` is called with 0
// after each answer, else with the milliseconds since the last one.

import { ageOf, measured, moment } from "./clock.js";
import { Offline } from "./outbox.js";

const ALONE = 5 / 6;

export function follow({ ask, address, live = "", every = 3000, gather = 0, show, trouble = () => {}, failed = () => {} }) {
  let etag = "";
  let timer = 0;
  let asking = null;
  let again = false;
  let heard = moment();
  let stopped = false;
  let stream = null;
  let gathering = 0;
  let woken = ""; // The entry that woke the page: the answer is to be made after it, whichever process gives it.

  async function once() {
    const sent = moment();
    try {
      const by = woken;
      const state = await ask(address, {
        headers: { ...(etag && { "If-None-Match": etag }), ...(by && { "Last-Event-ID": by }) },
      });
      heard = moment();
      if (woken === by) woken = "";
      if (state) {
        etag = state.etag;
        await show(state, state.now ? measured(state.now, sent, heard) : null);
      }
      trouble(0);
    } catch (problem) {
      if (!(problem instanceof Offline)) return failed(problem);
      trouble(ageOf(heard));
    }
    return undefined;
  }

  // One question at a time; whoever calls meanwhile gets one more after it.
  function now() {
    if (stopped) return Promise.resolve();
    if (asking) {
      again = true;
      return asking;
    }
    clearTimeout(timer);
    asking = once().finally(() => {
      asking = null;
      if (stopped) return;
      timer = setTimeout(now, again ? 0 : stream?.readyState === 1 ? every : every * ALONE);
      again = false;
    });
    return asking;
  }

  function wake(event) {
    woken = event.lastEventId || woken;
    if (!gather) return now();
    gathering ||= setTimeout(() => {
      gathering = 0;
      now();
    }, gather * (0.5 + Math.random() / 2));
    return undefined;
  }

  if (live && globalThis.EventSource) {
    stream = new EventSource(live);
    stream.addEventListener("step", wake);
    stream.addEventListener("reload", wake);
  }
  globalThis.addEventListener?.("online", now);
  now();

  return {
    now,
    // The next answer comes whole even if nothing has changed.
    anew() {
      etag = "";
      return now();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(gathering);
      stream?.close();
      globalThis.removeEventListener?.("online", now);
    },
  };
}

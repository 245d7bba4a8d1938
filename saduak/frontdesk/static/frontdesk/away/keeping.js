// What lies on the officer's computer: what was known last, every step since, and which of them are still to be told.

import { asker, TurnedAway } from "../shared/asking.js";
import { ageOf, moment } from "../shared/clock.js";
import { createOutbox, Offline, outboxIn, outboxStore } from "../shared/outbox.js";
import { openStore } from "../shared/store.js";

const KEPT_MS = 12 * 60 * 60 * 1000;

export const openKeeping = (code) =>
  openStore(`saduak-console-${code}`, 1, (db) => {
    db.createObjectStore("meta");
    outboxIn(db);
  });

// One window at a time reads what stands at the counter and writes the next step.
export const alone = (code, work) => navigator.locks.request(`saduak-console-${code}`, work);

const entriesOf = async (store) => (await store.all("outbox")).sort((one, other) => one.seq - other.seq);

// The steps since `known`, in their order; each with the server's time at which it was taken.
export async function stepsSince(store, known) {
  return (await entriesOf(store))
    .filter((entry) => entry.seq > known.after && entry.state !== "refused")
    .map((entry) => ({ ...entry.body, at: known.at + ageOf(known.kept, entry.madeAt) }));
}

// While the server answers and knows all: keeps what may be needed. Whoever sits nowhere leaves nothing behind. Answers
// whether it was kept; a step that was taken meanwhile is not in the server's answer, which is then thrown away.
export async function keepKnown(store, code, address) {
  const lastOf = async () => (await entriesOf(store)).at(-1)?.seq ?? 0;
  const after = await lastOf();
  const told = await asker()(address);
  if (!told) return false;
  return alone(code, async () => {
    if ((await lastOf()) !== after) return false;
    await store.set("known", told.sitting ? { ...told, after, kept: moment() } : null);
    await forgetOld(store, after);
    return true;
  });
}

// The last one stays, for the next one's place is counted from it.
async function forgetOld(store, last) {
  for (const entry of await entriesOf(store))
    if (entry.state !== "unsent" && entry.seq < last && entry.madeAt.wall < Date.now() - KEPT_MS)
      await store.remove("outbox", entry.id);
}

// Sends every step with its age; the token for it is asked for first. Whoever was signed out meanwhile loses nothing: it
// waits like without a connection, and `isSignedOut()` says why.
export function outboxOf(store, addresses) {
  let ask = null;
  let signedOut = false;

  async function send(entry) {
    try {
      ask ??= asker({ csrf: (await asker()(addresses.console_known)).csrf });
      const answer = await ask(addresses.take_in, { body: { ...entry.body, key: entry.id, age_ms: ageOf(entry.madeAt) } });
      signedOut = false;
      return answer;
    } catch (problem) {
      ask = null; // Whoever signs in again has another token.
      signedOut = problem instanceof TurnedAway || problem.status === 403;
      if (signedOut) throw new Offline("signed out");
      throw problem;
    }
  }

  return { ...createOutbox({ store: outboxStore(store), send }), isSignedOut: () => signedOut };
}

// What lies on the officer's computer: what was known last, what has been done since, and what is still to be told.

import { asker, TurnedAway } from "../shared/asking.js";
import { ageOf, moment } from "../shared/clock.js";
import { createOutbox, outboxIn, outboxStore, Refused } from "../shared/outbox.js";
import { openStore } from "../shared/store.js";

export const openKeeping = (code) =>
  openStore(`saduak-console-${code}`, 1, (db) => {
    db.createObjectStore("meta");
    outboxIn(db);
  });

// Called by the console while the server answers: keeps what it may need, unless something is still to be told.
export async function keepKnown(store, address) {
  const told = await asker()(address);
  if (!told) return;
  await store.set("known", { ...told, kept: moment() });
  await store.set("done", { taken: [], here: told.here });
}

// Sends every step with its age; the token for it is asked for first, which shows too that the officer is signed in.
export function outboxOf(store, addresses) {
  let ask = null;
  const outbox = createOutbox({
    store: outboxStore(store),
    async send(entry) {
      if (!ask) {
        const fresh = await asked(() => asker()(addresses.console_known));
        ask = asker({ csrf: fresh.csrf });
      }
      const body = { ...entry.body, key: entry.id, age_ms: ageOf(entry.madeAt) };
      return asked(() => ask(addresses.take_in, { body }));
    },
  });
  return outbox;
}

async function asked(question) {
  try {
    return await question();
  } catch (problem) {
    if (problem instanceof TurnedAway) throw new Refused("turned away", 401);
    throw problem;
  }
}

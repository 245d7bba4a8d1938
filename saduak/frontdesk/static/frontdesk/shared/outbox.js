// What was done without the server and still has to be told to it: in order, once each, whatever happens in between.
//
//     const outbox = createOutbox({ store: outboxStore(store), send });
//     await outbox.add("ticket", body);             // on the disk before anybody sees a number
//     await outbox.drain();                         // when there seems to be a connection
//     await outbox.unsent(); await outbox.refused();
//
// `send(entry)` tells the server; `entry` is {id, seq, kind, body, madeAt, state, reason}, `madeAt` a moment of clock.js.
// It returns when the server has it (its answer is kept as `answer` until `forgetSent`), throws `Offline` when nobody
// knows whether the server has it, and `Refused` when the server will never take it. The id is a UUID: the server must
// answer the same id with the same answer and do nothing twice. A refused entry stays to be seen; those behind it go on.

import { moment } from "./clock.js";

export class Offline extends Error {}

export class Refused extends Error {
  constructor(reason, status = 0) {
    super(reason);
    Object.assign(this, { reason, status });
  }
}

// Call within `upgrade` of openStore.
export function outboxIn(db) {
  const made = db.createObjectStore("outbox", { keyPath: "id" });
  made.createIndex("state", "state");
}

// The outbox's own table in a database of store.js.
export function outboxStore(store) {
  return {
    all: () => store.all("outbox"),
    put: (entry) => store.put("outbox", entry),
    remove: (id) => store.remove("outbox", id),
  };
}

export function createOutbox({ store, send, changed = () => {}, alone = oneWindow }) {
  async function inState(state) {
    const entries = (await store.all()).filter((entry) => entry.state === state);
    return entries.sort((one, other) => one.seq - other.seq);
  }

  let adding = Promise.resolve();

  // One after the other, so that no two get the same place.
  function add(kind, body, { id = crypto.randomUUID(), at = moment() } = {}) {
    adding = adding.catch(() => {}).then(async () => {
      const last = Math.max(0, ...(await store.all()).map((entry) => entry.seq));
      const entry = { id, seq: last + 1, kind, body, madeAt: at, state: "unsent", reason: "" };
      await store.put(entry);
      await changed();
      return entry;
    });
    return adding;
  }

  // Sends what is unsent, oldest first. Returns {sent, refused, offline}; stops where the connection ends.
  function drain() {
    return alone("saduak-outbox", async () => {
      const told = { sent: 0, refused: 0, offline: false };
      for (const entry of await inState("unsent")) {
        try {
          const answer = await send(entry);
          await store.put({ ...entry, state: "sent", answer });
          told.sent += 1;
        } catch (failed) {
          if (failed instanceof Offline) {
            told.offline = true;
            break;
          }
          if (!(failed instanceof Refused)) throw failed;
          await store.put({ ...entry, state: "refused", reason: failed.reason });
          told.refused += 1;
        }
        await changed();
      }
      return told;
    });
  }

  return {
    add,
    drain,
    unsent: () => inState("unsent"),
    refused: () => inState("refused"),
    sent: () => inState("sent"),
    dismiss: (id) => store.remove(id).then(changed),
    // What was sent is kept a while so that a screen can show its answer.
    async forgetSent(olderThan) {
      for (const entry of await inState("sent")) if (entry.madeAt.wall < olderThan) await store.remove(entry.id);
    },
  };
}

function oneWindow(name, work) {
  return globalThis.navigator?.locks ? navigator.locks.request(name, work) : work();
}

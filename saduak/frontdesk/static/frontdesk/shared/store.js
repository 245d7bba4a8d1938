// A database of one installed page of the desk (kiosk, console, board, tablet), on the device.
//
//     const store = openStore("saduak-kiosk", 1, (db) => { db.createObjectStore("meta"); outboxIn(db); });
//     await store.set("device", { token });         // one value under a name, in "meta"
//     await store.get("device");
//     await store.write(["outbox"], (tx) => tx.objectStore("outbox").put(entry));
//
// A write is done only when it lies on the disk, so that the power may fail right afterwards.

import { deleteDB, openDB } from "../../vendor/idb/index.js";

export function openStore(name, version, upgrade) {
  let opening = null;

  function database() {
    opening ??= openDB(name, version, {
      upgrade,
      blocking() {
        close();
      },
      terminated() {
        opening = null;
      },
    });
    return opening;
  }

  async function close() {
    const open = opening;
    opening = null;
    (await open)?.close();
  }

  async function write(stores, work) {
    const tx = (await database()).transaction(stores, "readwrite", { durability: "strict" });
    const [result] = await Promise.all([work(tx), tx.done]);
    return result;
  }

  return {
    write,
    get: async (key, store = "meta") => (await database()).get(store, key),
    all: async (store, index, query) =>
      index ? (await database()).getAllFromIndex(store, index, query) : (await database()).getAll(store),
    set: (key, value) => write(["meta"], (tx) => tx.objectStore("meta").put(value, key)),
    put: (store, value) => write([store], (tx) => tx.objectStore(store).put(value)),
    remove: (store, key) => write([store], (tx) => tx.objectStore(store).delete(key)),
    // Everything of this page goes from the device.
    async forget() {
      await close();
      await deleteDB(name);
    },
  };
}

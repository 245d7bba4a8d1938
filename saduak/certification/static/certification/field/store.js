// The device's own database. Contents are encrypted by `vault.js`; in the clear are identifiers, states and counts.

import { deleteDB, openDB } from "../../vendor/idb/index.js";

const NAME = "saduak-field";
let opening = null;

function database() {
  opening ??= openDB(NAME, 1, {
    upgrade(db) {
      db.createObjectStore("meta");
      db.createObjectStore("dossiers", { keyPath: "visit" });
      db.createObjectStore("sheets", { keyPath: "visit" });
      db.createObjectStore("files", { keyPath: "id" }).createIndex("visit", "visit");
      const events = db.createObjectStore("events", { keyPath: "version" });
      events.createIndex("state", "state");
      events.createIndex("visit", "visit");
      events.createIndex("visit_state", ["visit", "state"]);
      const photos = db.createObjectStore("photos", { keyPath: "uuid" });
      photos.createIndex("state", "state");
      photos.createIndex("visit", "visit");
    },
    terminated() {
      opening = null;
    },
  });
  return opening;
}

export async function meta(name) {
  return (await database()).get("meta", name);
}

export async function setMeta(name, value) {
  return write(["meta"], (tx) => tx.objectStore("meta").put(value, name));
}

export async function get(store, key) {
  return (await database()).get(store, key);
}

export async function all(store, index, query) {
  const db = await database();
  return index ? db.getAllFromIndex(store, index, query) : db.getAll(store);
}

export async function count(store, index, query) {
  return (await database()).countFromIndex(store, index, query);
}

// Everything or nothing; done only when it is on the disk, so that a battery may die right afterwards.
export async function write(stores, work) {
  const tx = (await database()).transaction(stores, "readwrite", { durability: "strict" });
  await Promise.all([work(tx), tx.done]);
}

export async function unsentNumber() {
  const [events, photos] = await Promise.all([count("events", "state", "unsent"), count("photos", "state", "unsent")]);
  return events + photos;
}

// Forgets a dossier with its files; what was done with it stays.
export async function dropDossier(visit) {
  const files = await all("files", "visit", visit);
  await write(["dossiers", "files"], (tx) =>
    Promise.all([
      tx.objectStore("dossiers").delete(visit),
      ...files.map((file) => tx.objectStore("files").delete(file.id)),
    ]),
  );
}

// Wipes everything of ours from this device.
export async function forget() {
  (await database()).close();
  opening = null;
  await deleteDB(NAME);
  for (const name of await caches.keys()) if (name.startsWith("field-")) await caches.delete(name);
}

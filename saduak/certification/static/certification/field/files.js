// Exports what was done on this device to a file, and brings in the file of another of one's own devices.
//
// A file is encrypted under a key of its own, which is wrapped twice: for the platform, so that a colleague may carry
// it without reading it, and under the passphrase, so that one's own other device opens it. docs/field-export.md
// describes the format.

import * as events from "./events.js";
import * as store from "./store.js";
import { fromBase64, keyFrom, open, random, seal, sha256, toBase64 } from "./vault.js";

export const FORMAT = "saduak-field-export/1";
const MOST_BYTES = 12 * 1024 * 1024; // Photographs of one file; more go into further files.
const text = new TextEncoder();

// The files, as [{name, blob}]; every one holds all events, and some of the photographs that were not sent.
export async function exported(session) {
  const records = await store.all("events");
  const items = await Promise.all(records.map((record) => events.itemOf(session, record)));
  items.sort((one, other) => one.event.seq - other.event.seq);
  const parts = [[]];
  let size = 0;
  for (const photo of await store.all("photos", "state", "unsent")) {
    const bytes = await open(session.keys.data, photo, `photo ${photo.uuid}`);
    if (size + bytes.byteLength > MOST_BYTES && parts.at(-1).length) {
      parts.push([]);
      size = 0;
    }
    size += bytes.byteLength;
    parts.at(-1).push({ photo: photo.uuid, visit: photo.visit, code: photo.code, content: toBase64(bytes) });
  }
  const at = new Date().toISOString().slice(0, 16).replace(/[-:]/g, "").replace("T", "-");
  return Promise.all(
    parts.map(async (photos, number) => {
      const file = await sealed(session, { events: items, photos });
      const part = parts.length > 1 ? `-${number + 1}` : "";
      return {
        name: `gecc-${at}-${session.device.slice(0, 4)}${part}.saduak`,
        blob: new Blob([JSON.stringify(file)], { type: "application/octet-stream" }),
      };
    }),
  );
}

// Brings in a file of another own device; returns how many changes and photographs were new here.
export async function broughtIn(session, content, passphrase) {
  const file = JSON.parse(content);
  if (file.format !== FORMAT) throw new TypeError("format");
  const { salt, iterations, iv, wrapped } = file.passphrase;
  if (iterations > 10_000_000) throw new TypeError("iterations");
  const wrapping = await keyFrom(passphrase, fromBase64(salt), iterations);
  const raw = await opened(wrapping, iv, wrapped);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
  const found = JSON.parse(new TextDecoder().decode(await opened(key, file.iv, file.content)));
  const told = { events: 0, photos: 0 };
  for (const item of found.events) {
    const version = await sha256(events.bytesOf(item.event));
    if (await store.get("events", version)) continue;
    const record = await events.recordOf(session, item, version);
    await store.write(["events"], (tx) => tx.objectStore("events").put(record));
    told.events += 1;
  }
  for (const { photo, visit, code, content: said } of found.photos) {
    if (await store.get("photos", photo)) continue;
    const kept = await seal(session.keys.data, fromBase64(said), `photo ${photo}`);
    await store.write(["photos"], (tx) =>
      tx.objectStore("photos").put({ uuid: photo, visit, code, state: "unsent", ...kept }),
    );
    told.photos += 1;
  }
  return told;
}

async function sealed(session, content) {
  const raw = random(32);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
  const body = await plainSeal(key, text.encode(JSON.stringify(content)));
  const { salt } = session.keys;
  const { iterations } = await store.meta("vault");
  const file = {
    format: FORMAT,
    device: session.device,
    made_at: new Date().toISOString(),
    server: await forThePlatform(raw),
    passphrase: { salt: toBase64(salt), iterations, ...named(await plainSeal(session.keys.wrapping, raw), "wrapped") },
    ...named(body, "content"),
  };
  raw.fill(0);
  return file;
}

// ECDH over P-256 with a key made for this file, HKDF-SHA-256, AES-256-GCM.
async function forThePlatform(raw) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const { point } = await store.meta("server");
  const theirs = await crypto.subtle.importKey("raw", fromBase64(point), curve, false, []);
  const ours = await crypto.subtle.generateKey(curve, true, ["deriveBits"]);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: text.encode("saduak field export 1") };
  const wrapping = await crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const ephemeral = await crypto.subtle.exportKey("raw", ours.publicKey);
  return { ephemeral: toBase64(ephemeral), ...named(await plainSeal(wrapping, raw), "wrapped") };
}

async function plainSeal(key, bytes) {
  const iv = random(12);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
}

function opened(key, iv, data) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64(iv) }, key, fromBase64(data));
}

function named({ iv, data }, name) {
  return { iv: toBase64(iv), [name]: toBase64(data) };
}

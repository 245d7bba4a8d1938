// Speaks with the server: sends what is unsent, event by event, and takes back where the sheets stand. Whatever fails
// leaves everything as it was on the device; sending it again changes nothing on the server.

import * as clock from "./clock.js";
import { addresses } from "./dom.js";
import * as events from "./events.js";
import * as store from "./store.js";
import { open, sealJson } from "./vault.js";

const BATCH = 100;
const GONE = 410; // The photograph came too late, or was taken away elsewhere: it stays here, and nothing waits for it.

// `reason`: offline, signed-out, forbidden, stranger, turned-away, or the server's own words.
export class NotSent extends Error {
  constructor(reason, words = "", status = 0) {
    super(reason);
    Object.assign(this, { reason, words, status });
  }
}

export async function ask(address, options = {}) {
  let answer;
  try {
    answer = await fetch(address, { redirect: "manual", cache: "no-store", ...options });
  } catch (failed) {
    if (failed.name === "AbortError") throw failed;
    throw new NotSent("offline");
  }
  if (answer.type === "opaqueredirect") throw new NotSent("signed-out");
  if (answer.ok) return answer;
  if (answer.status === 403) throw new NotSent("forbidden");
  const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
  throw new NotSent("refused", isJson ? (await answer.json()).problem : "", answer.status);
}

// Who is signed in, which visits there are, where the sheets stand. Null when the device belongs to somebody else.
export async function standing(device) {
  const sentAt = Date.now();
  const answer = await ask(`${addresses.standing}?device=${device}`);
  const said = await answer.json();
  await clock.compare(said.now, sentAt);
  await store.setMeta("server", { point: said.server_point });
  return said;
}

export async function post(address, csrf, body, options = {}) {
  const headers = {
    "X-CSRFToken": csrf,
    "Content-Type": body instanceof ArrayBuffer ? "image/jpeg" : "application/json",
  };
  return ask(address, {
    method: "POST",
    headers,
    body: body instanceof ArrayBuffer ? body : JSON.stringify(body),
    ...options,
  });
}

export async function register(session, said) {
  if (said.device.state !== "unknown") return said.device;
  const { name } = await store.meta("owner");
  const { publicKey } = await store.meta("vault");
  const facts = { device: session.device, name, public_key: publicKey, clock: new Date().toISOString() };
  return (await post(addresses.register, said.csrf, facts)).json();
}

// Sends everything that is unsent and stores where the sheets stand; returns {standing, late, refused}.
export function sync(session) {
  return navigator.locks.request("saduak-field-sending", async () => {
    const said = await standing(session.device);
    if (said.person.id !== session.owner) throw new NotSent("stranger");
    if (said.device.state === "turned_away") throw new NotSent("turned-away");
    await register(session, said);
    const told = { standing: said, late: 0, refused: [] };
    await keepSheets(session, said.sheets);
    await sendEvents(session, said.csrf, told);
    await sendPhotos(session, said.csrf, told);
    await store.setMeta("sent", { at: Date.now() });
    return told;
  });
}

async function sendEvents(session, csrf, told) {
  const waiting = await store.all("events", "state", "unsent");
  waiting.sort((one, other) => one.seq - other.seq);
  for (let at = 0; at < waiting.length; at += BATCH) {
    const records = waiting.slice(at, at + BATCH);
    const items = await Promise.all(records.map((record) => events.itemOf(session, record)));
    const answer = await post(addresses.send, csrf, {
      device: session.device,
      clock: new Date().toISOString(),
      events: items,
    });
    const { receipts, sheets } = await answer.json();
    const taken = [];
    receipts.forEach((receipt, place) => {
      const record = records[place];
      if (receipt.reception === "refused") told.refused.push({ ...receipt, visit: record.visit });
      else taken.push({ ...record, state: "sent" });
      if (receipt.reception === "late") told.late += 1;
    });
    await keepSheets(session, sheets, taken);
  }
}

// The sheets' new standing and what was sent for it, in one write: a crash between them would lose or double a line.
async function keepSheets(session, sheets, taken = []) {
  const rows = await Promise.all(
    sheets.map(async (sheet) => ({
      visit: sheet.visit,
      ...(await sealJson(session.keys.data, sheet, `sheet ${sheet.visit}`)),
    })),
  );
  await store.write(["events", "sheets"], (tx) =>
    Promise.all([
      ...rows.map((row) => tx.objectStore("sheets").put(row)),
      ...taken.map((one) => tx.objectStore("events").put(one)),
    ]),
  );
}

async function sendPhotos(session, csrf, told) {
  for (const photo of await store.all("photos", "state", "unsent")) {
    const bytes = await open(session.keys.data, photo, `photo ${photo.uuid}`);
    try {
      await post(addresses.photo.replace(addresses.anyPhoto, photo.uuid), csrf, bytes);
    } catch (failed) {
      if (failed.reason !== "refused") throw failed;
      if (failed.status === GONE) {
        await store.write(["photos"], (tx) => tx.objectStore("photos").put({ ...photo, state: "late" }));
        continue;
      }
      told.refused.push({ reason: failed.words, visit: photo.visit });
      continue;
    }
    await store.write(["photos"], (tx) => tx.objectStore("photos").put({ ...photo, state: "sent" }));
  }
}

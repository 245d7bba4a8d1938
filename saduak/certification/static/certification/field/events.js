// Every change becomes an event that is signed and on the disk before the screen says so.

import canonicalize from "../../vendor/canonicalize/canonicalize.js";
import * as clock from "./clock.js";
import * as store from "./store.js";
import { openJson, sealJson, sha256, sign } from "./vault.js";

const text = new TextEncoder();

export function bytesOf(content) {
  return text.encode(canonicalize(content));
}

// Appends one event: {version, event}. `base` are the versions of the line that it is made upon.
export function append(session, visit, payload, base = []) {
  return navigator.locks.request("saduak-field-events", async () => {
    const seq = ((await store.meta("seq")) ?? 0) + 1;
    const event = {
      uuid: crypto.randomUUID(),
      device: session.device,
      seq,
      visit,
      base_version: [...base].sort(),
      payload,
      client_time: new Date().toISOString(),
      clock_offset: await clock.offset(),
    };
    const bytes = bytesOf(event);
    const version = await sha256(bytes);
    const item = { event, signature: await sign(session.keys, bytes) };
    const record = await recordOf(session, item, version);
    await store.write(["events", "meta"], (tx) =>
      Promise.all([tx.objectStore("events").put(record), tx.objectStore("meta").put(seq, "seq")]),
    );
    return { version, event };
  });
}

// An item as it lies in the database.
export async function recordOf(session, item, version, state = "unsent") {
  const { uuid, visit, seq } = item.event;
  return { version, uuid, visit, seq, state, ...(await sealJson(session.keys.data, item, `event ${version}`)) };
}

export async function itemOf(session, record) {
  return openJson(session.keys.data, record, `event ${record.version}`);
}

// The unsent changes of a visit, decrypted: [{version, event}].
export async function unsent(session, visit) {
  const records = await store.all("events", "visit_state", [visit, "unsent"]);
  return Promise.all(
    records.map(async (record) => {
      const { event } = await itemOf(session, record);
      return { version: record.version, event };
    }),
  );
}

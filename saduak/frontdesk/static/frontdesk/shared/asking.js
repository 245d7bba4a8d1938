// Asks the server as a device or as a person, and tells apart what matters: no connection, refused, turned away.

import { Offline, Refused } from "./outbox.js";

const PATIENCE = 5000;

// The device's token is no longer good: it was taken off the desk, or belongs to nobody.
export class TurnedAway extends Error {}

// `token` speaks for a paired device; without it the session's cookie speaks, and `csrf` goes along with what changes.
// `always()` gives headers for every question, such as how much is unsent.
export function asker({ token = "", csrf = "", always = () => ({}) } = {}) {
  return async function ask(address, { body, patience = PATIENCE, headers = {}, ...options } = {}) {
    const given = { Accept: "application/json", ...always(), ...headers };
    given["X-Device-Clock"] = new Date().toISOString();
    if (token) given["X-Device-Token"] = token;
    if (body !== undefined) given["Content-Type"] = "application/json";
    if (body !== undefined && csrf) given["X-CSRFToken"] = csrf;
    let answer;
    try {
      answer = await fetch(address, {
        method: body === undefined ? "GET" : "POST",
        body: body === undefined ? undefined : JSON.stringify(body),
        cache: "no-store",
        redirect: "manual",
        signal: AbortSignal.timeout(patience),
        headers: given,
        ...options,
      });
    } catch {
      throw new Offline("no answer");
    }
    if (answer.status === 304) return null;
    if (answer.status === 401 || answer.type === "opaqueredirect") throw new TurnedAway();
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw new Offline(`${answer.status}`);
    const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
    let said = {};
    try {
      said = isJson ? await answer.json() : {};
    } catch {
      throw new Offline("half an answer"); // The line was cut within it.
    }
    if (!answer.ok) throw new Refused(said.problem ?? `${answer.status}`, answer.status);
    if (!isJson) throw new Offline("not our server"); // A hotel's or office's own sign-in page answers 200 too.
    // A kept answer says when it was made; how late it is now stands beside it.
    const now = answer.headers.get("X-Now");
    return Object.assign(said, now ? { now } : {}, { etag: answer.headers.get("ETag") ?? "" });
  };
}

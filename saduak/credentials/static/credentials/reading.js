// Documents are read strictly, as `reading.py` does: what two readers could understand differently is refused.

import canonicalize from "../vendor/canonicalize/canonicalize.js";

export const LARGEST = 256 * 1024; // Bytes of a document; ours have about 5 kB.
const DEEPEST = 40;
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;

export class Unreadable extends Error {
  constructor(fault) {
    super(fault);
    this.fault = fault;
  }
}

// The document that the bytes hold. Throws Unreadable.
export function read(bytes) {
  if (bytes.length > LARGEST) throw new Unreadable("too_large");
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable("not_text");
  }
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Unreadable("not_json");
  }
  checkTokens(text);
  check(document);
  return document;
}

// `JSON.parse` keeps the last of two equal names, and rounds whole numbers beyond 2⁵³; both are refused.
function checkTokens(text) {
  const open = [];
  let word;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{" || token === "[") open.push(token === "{" ? new Set() : null);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") {
      const name = JSON.parse(word);
      if (open.at(-1).has(name)) throw new Unreadable("name_twice");
      open.at(-1).add(name);
    } else if (/^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token))) throw new Unreadable("number_out_of_range");
    if (open.length > 10 * DEEPEST) throw new Unreadable("too_deep");
    word = token;
  }
}

// Throws Unreadable for what is no object, is too deep, or has no canonical form.
export function check(document) {
  if (!isObject(document)) throw new Unreadable("not_an_object");
  if (depth(document) > DEEPEST) throw new Unreadable("too_deep");
  canonical(document);
}

// The one way to write the document (JCS, RFC 8785), as bytes. Throws Unreadable.
export function canonical(document) {
  const waiting = [document];
  while (waiting.length) {
    const value = waiting.pop();
    if (typeof value === "number" && !Number.isFinite(value)) throw new Unreadable("number_out_of_range");
    if (typeof value === "string" && /\p{Surrogate}/u.test(value)) throw new Unreadable("not_text");
    if (value && typeof value === "object") waiting.push(...Object.keys(value), ...Object.values(value));
  }
  return new TextEncoder().encode(canonicalize(document));
}

export async function sha256(...parts) {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    joined.set(part, place);
    place += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined));
}

export const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

// JSON-LD writes one value alone and several as a list; nothing is no value.
export const asList = (value) => (value === null || value === undefined ? [] : Array.isArray(value) ? value : [value]);

// The identifier of something written as text or as an object with `id`; "" when it has none.
export function idOf(value) {
  const found = isObject(value) ? value.id : value;
  return typeof found === "string" ? found : "";
}

export const without = (object, name) => Object.fromEntries(Object.entries(object).filter(([each]) => each !== name));

function depth(document) {
  let found = 0;
  let level = [document];
  while ((level = level.filter((each) => each && typeof each === "object")).length) {
    found += 1;
    level = level.flatMap((each) => Object.values(each));
  }
  return found;
}

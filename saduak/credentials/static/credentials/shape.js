// Whether a document has the shape that the standard demands (W3C Verifiable Credentials Data Model 2.0, section 4).
// The same rules in the same order as `shape.py`; the first that is broken is told, in English.

import { momentOf } from "./moments.js";
import { asList, isObject } from "./reading.js";
import { entriesOf } from "./status_lists.js";

const CONTEXT = "https://www.w3.org/ns/credentials/v2";
const FULL_NAME = "https://www.w3.org/2018/credentials#credentialStatus";
const LANGUAGE = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;

// The first property that breaks the standard, and how; null when none does.
export function problemOf(document) {
  const { value } = problems(document).next();
  return value ? { property: value[0], problem: value[1] } : null;
}

function* problems(document) {
  yield* common(document);
  yield* names(document);
  const issuer = isObject(document.issuer) ? document.issuer.id : document.issuer;
  if (!isAddress(issuer)) yield ["issuer", "An address, or an object with an address as its id."];
  yield* subjects(document);
  yield* term(document);
  yield* statuses(document);
  for (const name of ["credentialSchema", "refreshService", "termsOfUse", "evidence"])
    yield* typed(document, name, name === "credentialSchema");
  yield* related(document);
}

function* common(document) {
  const contexts = document["@context"];
  if (!Array.isArray(contexts) || contexts[0] !== CONTEXT) yield ["@context", `A list, of which the first is ${CONTEXT}.`];
  else if (!contexts.every((each) => isObject(each) || isAddress(each)))
    yield ["@context", "Every context is an address or an object."];
  if ("id" in document && !isAddress(document.id)) yield ["id", "One address."];
  const types = asList(document.type);
  if (!types.includes("VerifiableCredential")) yield ["type", "VerifiableCredential is among the types."];
  if (!types.every((each) => typeof each === "string" && each)) yield ["type", "Every type is text."];
  yield* typed(document, "proof");
}

function* names(document) {
  const places = [
    [document, ""],
    [document.issuer, "issuer."],
  ];
  for (const [holder, place] of places)
    for (const name of isObject(holder) ? ["name", "description"] : [])
      if (name in holder && !isLanguageText(holder[name]))
        yield [place + name, "Text, or objects with @value and optionally @language and @direction."];
}

function isLanguageText(value) {
  if (Array.isArray(value)) return value.every((each) => isObject(each) && isLanguageText(each));
  if (typeof value === "string") return true;
  if (!isObject(value) || !Object.keys(value).every((name) => ["@value", "@language", "@direction"].includes(name)))
    return false;
  const { "@language": language = "th", "@direction": direction = "ltr" } = value;
  return (
    typeof value["@value"] === "string" &&
    (language === null || (typeof language === "string" && LANGUAGE.test(language))) &&
    ["ltr", "rtl", null].includes(direction)
  );
}

function* subjects(document) {
  const found = asList(document.credentialSubject);
  if (!found.length || !found.every((each) => isObject(each) && Object.keys(each).length))
    yield ["credentialSubject", "One object that says something, or several."];
  for (const each of found)
    if (isObject(each) && "id" in each && !isAddress(each.id)) yield ["credentialSubject.id", "One address."];
}

function* term(document) {
  for (const name of ["validFrom", "validUntil"])
    if (name in document && momentOf(document[name]) === null)
      yield [name, "A date and a time with a time zone, such as 2026-11-20T00:00:00Z."];
  const [first, last] = [momentOf(document.validFrom), momentOf(document.validUntil)];
  if (first !== null && last !== null && last < first) yield ["validUntil", "Not before validFrom."];
}

function* statuses(document) {
  yield* typed(document, "credentialStatus");
  yield* typed(document, FULL_NAME);
  for (const each of entriesOf(document)) {
    if (!isObject(each) || !asList(each.type).includes("BitstringStatusListEntry")) continue;
    if (typeof each.statusPurpose !== "string" || !each.statusPurpose)
      yield ["credentialStatus.statusPurpose", "Text, such as revocation."];
    if (!isIndex(each.statusListIndex))
      yield ["credentialStatus.statusListIndex", "A whole number from 0 on, written as text."];
    if (!isAddress(each.statusListCredential))
      yield ["credentialStatus.statusListCredential", "The address of a list."];
    yield* messages(each);
  }
}

function* messages(entry) {
  const { statusSize: size = 1 } = entry;
  if (!Number.isInteger(size) || size < 1) yield ["credentialStatus.statusSize", "A whole number above 0."];
  else if (size > 1 && asList(entry.statusMessage).length !== 2 ** size)
    yield ["credentialStatus.statusMessage", "One message for each value of the bits."];
  if (entry.statusPurpose === "message" && !("statusMessage" in entry))
    yield ["credentialStatus.statusMessage", "The messages that the values stand for."];
}

function* typed(document, name, withId = false) {
  for (const each of asList(document[name])) {
    const types = isObject(each) ? asList(each.type) : [];
    if (!types.length) yield [name, "An object with a type."];
    else if (!types.every((kind) => typeof kind === "string")) yield [name, "Every type is text."];
    else if (("id" in each && !isAddress(each.id)) || (withId && !("id" in each))) yield [`${name}.id`, "One address."];
  }
}

function* related(document) {
  const known = new Set();
  for (const each of asList(document.relatedResource)) {
    const { digestMultibase } = isObject(each) ? each : {};
    if (!isObject(each) || !isAddress(each.id)) yield ["relatedResource", "An object with an address as its id."];
    else if (known.has(each.id)) yield ["relatedResource", "Each address once."];
    else if (typeof ("digestSRI" in each ? each.digestSRI : digestMultibase) !== "string")
      yield ["relatedResource", "A digest, as digestSRI or digestMultibase."];
    else known.add(each.id);
  }
}

// Whether this is a URL: text with a scheme and something behind it, without blanks.
export function isAddress(value) {
  if (typeof value !== "string" || /[\s<>"{}|\\^`]/.test(value)) return false;
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(value)?.[1] ?? "";
  return /^[a-z][a-z0-9+.-]*:./i.test(value) && host.includes("[") === host.includes("]");
}

// Whether this names a bit of a list: digits as text.
export const isIndex = (value) => typeof value === "string" && /^[0-9]{1,12}$/.test(value);

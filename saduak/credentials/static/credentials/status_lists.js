// Lists of bits (W3C Bitstring Status List 1.0): gzip in URL-safe Base64 behind a `u`, the first bit leftmost.

import { fromGzip } from "./packing.js";
import { asList, isObject } from "./reading.js";

const SIZE = 131_072;
const LARGEST = 16 * SIZE;
const FULL_NAME = "https://www.w3.org/2018/credentials#credentialStatus";

// Every status that the document names, whatever it is; Open Badges allows one alone, a second has the full name.
export function entriesOf(document) {
  return [...asList(document.credentialStatus), ...asList(document[FULL_NAME])];
}

export function entriesFor(document, purpose) {
  return entriesOf(document).filter((each) => isObject(each) && each.statusPurpose === purpose);
}

// The bits of a list, eight in a byte; null when the text is no list.
export function bitsOf(text) {
  const plain = text.startsWith("u") ? text.slice(1) : text;
  if (!/^[A-Za-z0-9_-]*={0,2}$/.test(plain)) return null;
  let packed;
  try {
    packed = bytesOf(plain.replace(/=+$/, ""));
  } catch {
    return null;
  }
  const bits = fromGzip(packed, LARGEST / 8);
  return bits && bits.length >= SIZE / 8 ? bits : null;
}

export function bytesOf(base64) {
  return Uint8Array.from(atob(base64.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

// Whether the bit is set; null for one outside the list.
export function isSet(bits, index) {
  const byte = bits[Math.floor(index / 8)];
  return byte === undefined ? null : Boolean(byte & (0x80 >> (index % 8)));
}

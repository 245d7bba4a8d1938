// Unpacks what is packed by Deflate, never to more than a given size: a small file can hold an endless one.

import { Inflate } from "../vendor/fflate/browser.js";

const PIECE = 1024; // Bytes at a time; one of them becomes about a thousand at most.

// What lies in bytes packed by zlib (RFC 1950); null for anything else, and for more than `largest` bytes.
export function fromZlib(bytes, largest) {
  const isZlib = bytes.length > 2 && (bytes[0] & 15) === 8 && ((bytes[0] << 8) | bytes[1]) % 31 === 0;
  return isZlib && !(bytes[1] & 32) ? inflated(bytes.subarray(2), largest) : null;
}

// What lies in bytes packed by gzip (RFC 1952); null for anything else, and for more than `largest` bytes.
export function fromGzip(bytes, largest) {
  if (bytes[0] !== 31 || bytes[1] !== 139 || bytes[2] !== 8) return null;
  let begin = 10;
  if (bytes[3] & 4) begin += 2 + bytes[10] + 256 * bytes[11];
  for (const flag of [8, 16]) if (bytes[3] & flag) begin = bytes.indexOf(0, begin) + 1 || bytes.length;
  if (bytes[3] & 2) begin += 2;
  return inflated(bytes.subarray(begin), largest);
}

function inflated(bytes, largest) {
  const pieces = [];
  let size = 0;
  const inflating = new Inflate((piece) => {
    size += piece.length;
    pieces.push(piece.slice());
  });
  try {
    for (let place = 0; place < bytes.length && size <= largest; place += PIECE)
      inflating.push(bytes.subarray(place, place + PIECE), place + PIECE >= bytes.length);
  } catch {
    return null;
  }
  if (!size || size > largest) return null;
  const whole = new Uint8Array(size);
  let place = 0;
  for (const piece of pieces) {
    whole.set(piece, place);
    place += piece.length;
  }
  return whole;
}

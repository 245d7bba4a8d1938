// Ed25519 keys and signatures as W3C Multikey text: `z` and Base58 (Bitcoin alphabet); a key has the header 0xed01.

import * as ed25519 from "../vendor/ed25519/index.js";

const LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const LONGEST = 128; // Letters of a text that is read; a signature has 89 at most.

// The bytes behind Base58 multibase text; null for anything else.
export function fromMultibase(text) {
  if (typeof text !== "string" || text[0] !== "z" || text.length > LONGEST) return null;
  let number = 0n;
  for (const letter of text.slice(1)) {
    const place = LETTERS.indexOf(letter);
    if (place < 0) return null;
    number = number * 58n + BigInt(place);
  }
  const bytes = [];
  for (; number > 0n; number >>= 8n) bytes.unshift(Number(number & 255n));
  const zeros = /^1*/.exec(text.slice(1))[0].length;
  return new Uint8Array([...new Array(zeros).fill(0), ...bytes]);
}

// The 32 bytes of the public key that text names; null when it names none of this kind.
export function publicKey(text) {
  const raw = fromMultibase(text);
  return raw?.length === 34 && raw[0] === 0xed && raw[1] === 0x01 ? raw.slice(2) : null;
}

export async function hasSigned(key, signature, data) {
  try {
    return await ed25519.verifyAsync(signature, data, key, { zip215: false });
  } catch {
    return false; // A key or a signature that is no point of the curve.
  }
}

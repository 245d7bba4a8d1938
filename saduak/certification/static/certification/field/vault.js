// What lies on the device is encrypted under a key that only the assessor's passphrase opens.
//
// A random data key encrypts everything; it is kept wrapped by a key from the passphrase. The signing key is kept under
// the data key. In memory all of them are non-extractable, and locking forgets them.

// OWASP Password Storage Cheat Sheet: PBKDF2-HMAC-SHA256 with 600,000 iterations.
export const ITERATIONS = 600_000;
const GCM = "AES-GCM";
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const text = new TextEncoder();

export class WrongPassphrase extends Error {}

export function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

export function toBase64(bytes) {
  let said = "";
  const all = new Uint8Array(bytes);
  for (let at = 0; at < all.length; at += 0x8000) said += String.fromCharCode(...all.subarray(at, at + 0x8000));
  return btoa(said).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function fromBase64(said) {
  return Uint8Array.from(atob(said.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
}

// A passphrase that a stolen device could be made to guess is refused; the words say what is asked.
export function isStrong(passphrase) {
  return passphrase.length >= 12 || (passphrase.length >= 8 && /\p{L}|\p{P}|\p{S}/u.test(passphrase));
}

export async function keyFrom(passphrase, salt, iterations = ITERATIONS) {
  const material = await crypto.subtle.importKey("raw", text.encode(passphrase.normalize("NFKC")), "PBKDF2", false, [
    "deriveKey",
  ]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, material, { name: GCM, length: 256 }, false, ["encrypt", "decrypt"]);
}

// A new vault: what is kept of it, and its keys for this session.
export async function create(passphrase) {
  const salt = random(16);
  const wrapping = await keyFrom(passphrase, salt);
  const raw = random(32);
  const data = await crypto.subtle.importKey("raw", raw, GCM, false, ["encrypt", "decrypt"]);
  const pair = await crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);
  const secret = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
  const kept = {
    salt,
    iterations: ITERATIONS,
    wrapped: await seal(wrapping, raw, "data key"),
    signing: await seal(data, secret, "signing key"),
    publicKey: toBase64(await crypto.subtle.exportKey("spki", pair.publicKey)),
  };
  raw.fill(0);
  return { kept, keys: { wrapping, salt, data, signing: await signingKey(secret) } };
}

export async function unlock(kept, passphrase) {
  const wrapping = await keyFrom(passphrase, kept.salt, kept.iterations);
  let raw;
  try {
    raw = await open(wrapping, kept.wrapped, "data key");
  } catch {
    throw new WrongPassphrase();
  }
  const data = await crypto.subtle.importKey("raw", raw, GCM, false, ["encrypt", "decrypt"]);
  return { wrapping, salt: kept.salt, data, signing: await signingKey(await open(data, kept.signing, "signing key")) };
}

// `label` says what the bytes are; what is sealed as one thing does not open as another.
export async function seal(key, bytes, label) {
  const iv = random(12);
  return { iv, data: await crypto.subtle.encrypt({ name: GCM, iv, additionalData: text.encode(label) }, key, bytes) };
}

export async function open(key, sealed, label) {
  return crypto.subtle.decrypt({ name: GCM, iv: sealed.iv, additionalData: text.encode(label) }, key, sealed.data);
}

export async function sealJson(key, value, label) {
  return seal(key, text.encode(JSON.stringify(value)), label);
}

export async function openJson(key, sealed, label) {
  return JSON.parse(new TextDecoder().decode(await open(key, sealed, label)));
}

export async function sign(keys, bytes) {
  return toBase64(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, keys.signing, bytes));
}

export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function signingKey(secret) {
  return crypto.subtle.importKey("pkcs8", secret, CURVE, false, ["sign"]);
}

// The seal over a PDF (PAdES, ECDSA on P-256 with SHA-256), as `sealing.py` writes and checks it: a file is ours when all
// its bytes, but for the seal itself, are those that one of our keys has signed.

import { element, elements, hex, inside } from "./der.js";
import { momentOf } from "./moments.js";
import { sha256 } from "./reading.js";

const RANGE = /\/ByteRange ?\[ ?(\d{1,10}) (\d{1,10}) (\d{1,10}) (\d{1,10}) ?\]/g;
const MOMENT = /\/M \(((?:[^()\\]|\\[0-7]{3}){1,60})\)/;
const WRITTEN = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)(\d\d))$/;
const [INTEGER, OCTETS, OID, SEQUENCE, SET, CHOICE_0] = [0x02, 0x04, 0x06, 0x30, 0x31, 0xa0];
const [DATA, SIGNED_DATA] = ["2a864886f70d010701", "2a864886f70d010702"];
const [CONTENT_TYPE, MESSAGE_DIGEST] = ["2a864886f70d010903", "2a864886f70d010904"];
const [SHA256, ECDSA_SHA256] = ["608648016503040201", "2a8648ce3d040302"];
const P256 = { name: "ECDSA", namedCurve: "P-256" };

export class SealBroken extends Error {
  constructor(fault) {
    super(fault);
    this.fault = fault;
  }
}

// One letter for each byte, so that places in the text are places in the file.
export const asText = (bytes) => new TextDecoder("windows-1252").decode(bytes);

// The seal of a file, if it fits all its bytes: the certificate of its key (DER, as Base64), and the moment it names.
// Whose it is, the caller asks. Throws SealBroken.
export async function sealOf(pdf) {
  const { before, after, written } = parts(pdf);
  let seal;
  let fits;
  try {
    seal = readSeal(written);
    const digest = await sha256(before, after);
    const key = await crypto.subtle.importKey("spki", seal.publicKey, P256, false, ["verify"]);
    const how = { name: "ECDSA", hash: "SHA-256" };
    fits = hex(digest) === hex(seal.digest) && (await crypto.subtle.verify(how, key, seal.signature, seal.signed));
  } catch {
    fits = false;
  }
  if (!fits) throw new SealBroken("seal_is_broken");
  return { certificate: seal.certificate, at: momentIn(asText(after)) };
}

// The moment of a signature's own dictionary, as D:20261120123201+07'00' or ending with Z.
function momentIn(text) {
  const plain = (MOMENT.exec(text)?.[1] ?? "").replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(parseInt(octal, 8)));
  const told = WRITTEN.exec(plain.replaceAll("'", ""));
  if (!told) return null;
  return momentOf(`${told.slice(1, 4).join("-")}T${told.slice(4, 7).join(":")}${told[7] ? `${told[7]}:${told[8]}` : "Z"}`);
}

// What the seal covers, before and after itself, and the seal.
function parts(pdf) {
  const found = [...asText(pdf).matchAll(RANGE)].at(-1); // The last one is the one that was written last.
  if (!found) throw new SealBroken("no_seal");
  const [first, begins, goesOn, rest] = found.slice(1).map(Number);
  const whole = first === 0 && 0 < begins && begins < goesOn && goesOn + rest === pdf.length;
  const gap = whole ? asText(pdf.subarray(begins, goesOn)) : "";
  if (!/^<(?:[0-9A-F]{2})+>$/.test(gap)) throw new SealBroken("seal_is_broken");
  const written = Uint8Array.from(gap.slice(1, -1).match(/../g), (digits) => parseInt(digits, 16));
  return { before: pdf.subarray(0, begins), after: pdf.subarray(goesOn), written };
}

// A CMS SignedData (RFC 5652) exactly as ours are written: one certificate, one signer, nothing besides.
function readSeal(written) {
  const whole = element(written);
  demand(whole.tag === SEQUENCE && written.subarray(whole.raw.length).every((byte) => byte === 0));
  const [kind, wrapped] = inside(whole, OID, CHOICE_0);
  demand(hex(kind.content) === SIGNED_DATA);
  const [data] = inside(wrapped, SEQUENCE);
  const [version, algorithms, content, certificates, signers] = inside(data, INTEGER, SET, SEQUENCE, CHOICE_0, SET);
  demand(hex(version.content) === "01" && hex(inside(content, OID)[0].content) === DATA);
  const [algorithm] = inside(algorithms, SEQUENCE);
  demand(isAlgorithm(algorithm, SHA256));
  const [certificate] = inside(certificates, SEQUENCE);
  const [info] = inside(signers, SEQUENCE);
  const [edition, name, digesting, attributes, signing, signature] = inside(
    info, INTEGER, SEQUENCE, SEQUENCE, CHOICE_0, SEQUENCE, OCTETS,
  ); // prettier-ignore
  demand(hex(edition.content) === "01" && isAlgorithm(digesting, SHA256) && isAlgorithm(signing, ECDSA_SHA256));
  const { publicKey, serial, issuer } = readCertificate(certificate);
  const [namedIssuer, namedSerial] = inside(name, SEQUENCE, INTEGER);
  demand(hex(namedIssuer.raw) === hex(issuer.raw) && hex(namedSerial.raw) === hex(serial.raw));
  const signed = attributes.raw.slice();
  signed[0] = SET; // They are signed as the SET that they are, not under the tag that they carry here.
  return {
    certificate: btoa(String.fromCharCode(...certificate.raw)),
    publicKey: publicKey.raw,
    digest: digestIn(attributes),
    signed,
    signature: inTwoHalves(signature.content),
  };
}

function readCertificate(certificate) {
  const [told] = inside(certificate, SEQUENCE, SEQUENCE, 0x03);
  const [version, serial, , issuer, , , publicKey] = elements(told);
  demand(version.tag === CHOICE_0 && serial.tag === INTEGER && issuer.tag === SEQUENCE && publicKey.tag === SEQUENCE);
  return { serial, issuer, publicKey };
}

// The digest among the signed attributes, in which none may stand twice.
function digestIn(attributes) {
  const found = new Map();
  for (const each of elements(attributes)) {
    const [kind, values] = inside(each, OID, SET);
    demand(!found.has(hex(kind.content)));
    found.set(hex(kind.content), elements(values));
  }
  const [[digest], [kind]] = [found.get(MESSAGE_DIGEST) ?? [], found.get(CONTENT_TYPE) ?? []];
  demand(digest?.tag === OCTETS && kind?.tag === OID && hex(kind.content) === DATA);
  return digest.content;
}

function isAlgorithm(told, name) {
  const [kind, nothing, ...more] = elements(told);
  const plain = !more.length && (nothing === undefined || hex(nothing.raw) === "0500");
  return told.tag === SEQUENCE && plain && kind?.tag === OID && hex(kind.content) === name;
}

// An ECDSA signature as browsers want it: its two numbers of 32 bytes each, one after the other.
function inTwoHalves(told) {
  const both = element(told);
  demand(both.raw.length === told.length);
  const halves = new Uint8Array(64);
  inside(both, INTEGER, INTEGER).forEach(({ content }, place) => {
    const digits = content[0] === 0 && content.length > 1 ? content.subarray(1) : content;
    demand(digits.length <= 32 && !(content[0] & 128));
    halves.set(digits, 32 * (place + 1) - digits.length);
  });
  return halves;
}

function demand(holds) {
  if (!holds) throw new SealBroken("seal_is_broken");
}

// A PDF that carries its credential inside: what is in it, and whether its seal holds, as `papers.py` tells it.
// The PDF is not taken apart: its bytes are searched for the embedded file.

import { papersIn } from "./dids.js";
import { moment } from "./moments.js";
import { fromZlib } from "./packing.js";
import { idOf, LARGEST, read, Unreadable } from "./reading.js";
import { FAILED, made, NOT_CHECKED, PASSED } from "./reports.js";
import { asText, SealBroken, sealOf } from "./seals.js";
import { verify } from "./verifying.js";

export const LARGEST_PAPER = 5 * 1024 * 1024; // Bytes of a PDF that is looked at; ours have about 150 kB.
const NEAR = 600; // Bytes within which the words around an embedded file are looked for.
const MOST = 5; // Embedded files that are looked at.

export const isPaper = (bytes) => asText(bytes.subarray(0, 5)) === "%PDF-";

// The credential that the PDF carries. Throws Unreadable.
export function inside(pdf) {
  if (pdf.length > LARGEST_PAPER) throw new Unreadable("too_large");
  const text = asText(pdf);
  let place = -1;
  for (let turn = 0; turn < MOST; turn += 1) {
    place = text.indexOf("/EmbeddedFile", place + 1);
    if (place < 0) break;
    const begins = text.slice(place, place + NEAR).indexOf("stream");
    if (begins < 0) continue;
    const document = documentIn(pdf, text, place, place + begins);
    if (document && "credentialSubject" in document) return document;
  }
  throw new Unreadable("no_document_in_it");
}

function documentIn(pdf, text, place, word) {
  const head = text.slice(Math.max(0, text.lastIndexOf("obj", place), place - NEAR), word);
  const begins = word + (text.startsWith("stream\r\n", word) ? 8 : 7);
  const content = pdf.subarray(begins, begins + LARGEST);
  const ends = text.indexOf("endstream", begins);
  const plain = text.slice(begins, ends < 0 ? text.length : ends).trimEnd().length;
  const bytes = head.includes("/FlateDecode") ? fromZlib(content, LARGEST) : content.subarray(0, plain);
  try {
    return bytes && read(bytes);
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

// The credential in a PDF, and the report on both. Throws Unreadable for a PDF without one.
export async function verifyPaper(pdf, sources, at) {
  const document = inside(pdf);
  const report = await verify(document, sources, at);
  return { document, report: { checks: [...report.checks, await sealCheck(document, pdf, sources)] } };
}

async function sealCheck(document, pdf, sources) {
  let seal;
  try {
    seal = await sealOf(pdf);
  } catch (error) {
    if (error instanceof SealBroken) return made("paper", FAILED, error.fault);
    throw error;
  }
  const facts = { sealed: seal.at === null ? "" : moment(seal.at) };
  const signature = { certificate: seal.certificate, created: facts.sealed };
  const found = await sources.issuers(idOf(document.issuer), signature);
  const known = found ? papersIn(found.document) : [];
  if (!known.length) return made("paper", NOT_CHECKED, "no_key_of_the_seal", facts);
  const key = known.find((each) => each.certificate === seal.certificate);
  if (!key) return made("paper", FAILED, "sealed_by_another", facts);
  facts.key = key.id;
  if (key.revoked === null) return made("paper", PASSED, "seal_fits", facts);
  facts.revoked = moment(key.revoked);
  return seal.at === null || seal.at >= key.revoked
    ? made("paper", FAILED, "sealed_after_theft", facts)
    : made("paper", NOT_CHECKED, "seal_was_stolen_later", facts);
}

// A credential is verified: every check that can be made is made, in the order and with the codes of `verifying.py`.
//
// `sources` says what one verification may rely on: `issuers(name, proof)` finds the document of an issuer,
// `lists(address)` a status list, each as `{document, how, at}` or null; `trusted` and `examples` are Sets of names.
// Nothing that the document says about itself is believed before its signature fits a key of its issuer.

import { methodIn } from "./dids.js";
import { moment, momentOf } from "./moments.js";
import { publicKey } from "./multikey.js";
import { malformed, mismatch, proofsOf } from "./proofs.js";
import { asList, check, idOf, isObject } from "./reading.js";
import { FAILED, made, NOT_CHECKED, PASSED } from "./reports.js";
import { isIndex, problemOf } from "./shape.js";
import { bitsOf, entriesFor, isSet } from "./status_lists.js";

const MOST = 8; // Proofs of a document, and statuses for one purpose, that are looked at.
const OLDEST_LIST = 24 * 60 * 60 * 1000; // A list tells the state of the day before at best, unless it says more.
const HOW_THE_KEY_CAME = { given: "key_is_pinned", fetched: "key_was_fetched" };
const ITS_OWN_WORD = ["issuer", "validity", "revocation", "suspension"];

// The report on one credential at one moment.
export async function verify(document, sources, at) {
  const shaped = shape(document);
  if (shaped.facts.property === "") return { checks: [shaped] }; // It cannot even be written in one way.
  const [key, proof] = await proofChecks(document, idOf(document.issuer), sources);
  const own =
    key.outcome === FAILED || proof.outcome === FAILED
      ? ITS_OWN_WORD.map((topic) => made(topic, NOT_CHECKED, "its_word_is_not_believed"))
      : [
          issuer(document, sources),
          term(document, at),
          await status(document, "revocation", sources, at),
          await status(document, "suspension", sources, at),
        ];
  const register = made("register", NOT_CHECKED, "register_out_of_reach");
  return { checks: [shaped, own[0], key, proof, ...own.slice(1), register] };
}

function shape(document) {
  let problem;
  try {
    check(document);
    problem = problemOf(document);
  } catch (error) {
    if (!error.fault) throw error;
    problem = { property: "", problem: error.fault };
  }
  return problem
    ? made("shape", FAILED, "breaks_the_standard", problem)
    : made("shape", PASSED, "follows_the_standard");
}

// Whether the key is its owner's, and whether every proof holds; the first that does not tells why.
async function proofChecks(document, owner, sources) {
  const given = proofsOf(document);
  if (!given.length || given.length > MOST)
    return [
      made("key", NOT_CHECKED, "no_proof"),
      made("proof", FAILED, given.length ? "malformed_proof" : "no_proof"),
    ];
  let pair;
  for (const proof of given) {
    pair = await oneProof(document, proof, owner, sources);
    if (pair.some((each) => each.outcome !== PASSED)) break;
  }
  return pair;
}

async function oneProof(document, proof, owner, sources) {
  const fault = malformed(proof);
  if (fault) return [made("key", NOT_CHECKED, "no_proof"), made("proof", FAILED, fault)];
  const [key, method] = await keyOf(proof, owner, sources);
  if (!method) return [key, made("proof", NOT_CHECKED, "no_key_to_check_with")];
  const facts = { signed: String(proof.created ?? "") };
  const wrong =
    proof.proofPurpose === "assertionMethod"
      ? await mismatch(document, proof, publicKey(method.key))
      : "other_purpose";
  return [key, wrong ? made("proof", FAILED, wrong, facts) : made("proof", PASSED, "signature_fits", facts)];
}

async function keyOf(proof, owner, sources) {
  const address = proof.verificationMethod;
  const facts = { key: address };
  const name = address.split("#")[0];
  if (name !== owner) return [made("key", FAILED, "key_is_not_the_issuers", facts), null];
  const found = await sources.issuers(name, proof);
  if (!found) return [made("key", NOT_CHECKED, "key_out_of_reach", facts), null];
  const method = found.document.id === name ? methodIn(found.document, address, "assertionMethod") : null;
  if (!method || !publicKey(method.key)) return [made("key", FAILED, "key_is_not_the_issuers", facts), null];
  if (found.at) facts.fetched = moment(found.at);
  const signed = momentOf(proof.created);
  if (method.revoked !== null) {
    facts.revoked = moment(method.revoked);
    if (signed === null || signed >= method.revoked)
      return [made("key", FAILED, "key_was_stolen_before", facts), method];
    return [made("key", PASSED, "key_was_stolen_later", facts), method];
  }
  return [made("key", PASSED, HOW_THE_KEY_CAME[found.how], facts), method];
}

function issuer(document, sources) {
  const name = idOf(document.issuer);
  const facts = { issuer: name };
  if (sources.examples.has(name)) return made("issuer", PASSED, "issuer_is_example", facts);
  if (sources.trusted.has(name)) return made("issuer", PASSED, "issuer_is_trusted", facts);
  if (!sources.trusted.size) return made("issuer", NOT_CHECKED, "nobody_is_trusted", facts);
  return made("issuer", FAILED, "issuer_is_not_trusted", facts);
}

function term(document, at) {
  const named = ["validFrom", "validUntil"].filter((name) => name in document);
  const facts = Object.fromEntries(named.map((name) => [name, String(document[name])]));
  if (named.some((name) => momentOf(document[name]) === null))
    return made("validity", FAILED, "term_is_unreadable", facts);
  const [first, last] = [momentOf(document.validFrom), momentOf(document.validUntil)];
  if (first !== null && at < first) return made("validity", FAILED, "not_yet_valid", facts);
  if (last !== null && at > last) return made("validity", FAILED, "term_is_over", facts);
  return made("validity", PASSED, "within_its_term", facts);
}

// One check for the purpose; a set bit in any of its lists counts.
async function status(document, purpose, sources, at) {
  const entries = entriesFor(document, purpose);
  if (!entries.length) return made(purpose, NOT_CHECKED, "no_status_in_it");
  if (entries.length > MOST) return made(purpose, FAILED, "status_is_malformed");
  const found = [];
  for (const entry of entries) found.push(await oneStatus(document, entry, purpose, sources, at));
  return [FAILED, NOT_CHECKED, PASSED].flatMap((worst) => found.filter((each) => each.outcome === worst))[0];
}

async function oneStatus(document, entry, purpose, sources, at) {
  const { statusListCredential: address, statusListIndex: index } = entry;
  if (typeof address !== "string" || !isIndex(index)) return made(purpose, FAILED, "status_is_malformed");
  const facts = { list: address, index };
  const found = await sources.lists(address, document);
  if (!found) return made(purpose, NOT_CHECKED, "list_out_of_reach", facts);
  const told = found.at ?? momentOf(proofsOf(found.document)[0]?.created);
  Object.assign(facts, { how: found.how, at: told === null ? "" : moment(told) });
  const bits = await bitsOfGenuine(found.document, address, purpose, idOf(document.issuer), sources);
  if (!bits) return made(purpose, NOT_CHECKED, "list_is_not_genuine", facts);
  const set = isSet(bits, Number(index));
  if (set === null) return made(purpose, FAILED, "status_is_malformed", facts);
  // What was revoked stays so, also in an old list; anything else may have changed since.
  if (!isRecent(found.document, told, at) && !(set && purpose === "revocation"))
    return made(purpose, NOT_CHECKED, "list_is_outdated", facts);
  return set ? made(purpose, FAILED, "bit_is_set", facts) : made(purpose, PASSED, "bit_is_clear", facts);
}

function isRecent(list, told, at) {
  const until = momentOf(list.validUntil);
  return until === null ? told !== null && at - told <= OLDEST_LIST : at <= until;
}

// The bits of a list that the same issuer signed for this address and purpose; null when it is not that.
async function bitsOfGenuine(list, address, purpose, issuer, sources) {
  const subject = list.credentialSubject;
  if (problemOf(list) || !isObject(subject)) return null;
  if (idOf(list.issuer) !== issuer || !asList(list.type).includes("BitstringStatusListCredential")) return null;
  if ((list.id ?? address) !== address || !asList(subject.statusPurpose).includes(purpose)) return null;
  const checks = await proofChecks(list, issuer, sources);
  if (checks.some((each) => each.outcome !== PASSED)) return null;
  return bitsOf(String(subject.encodedList ?? ""));
}

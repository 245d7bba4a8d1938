// Proofs of the kind `eddsa-jcs-2022` (W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.3), as `proofs.py` checks.

import { momentOf } from "./moments.js";
import { fromMultibase, hasSigned } from "./multikey.js";
import { asList, canonical, isObject, sha256, Unreadable, without } from "./reading.js";

// Every proof of the document; what is no object counts as an empty one, which never holds.
export function proofsOf(document) {
  return asList(document.proof).map((each) => (isObject(each) ? each : {}));
}

// What is wrong with the proof's own form; null when a key can be asked about it.
export function malformed(proof) {
  if (proof.type !== "DataIntegrityProof" || proof.cryptosuite !== "eddsa-jcs-2022" || "previousProof" in proof)
    return "unknown_kind_of_proof";
  if (typeof proof.verificationMethod !== "string" || typeof proof.proofPurpose !== "string") return "malformed_proof";
  if ("created" in proof && momentOf(proof.created) === null) return "malformed_proof";
  return fromMultibase(proof.proofValue)?.length === 64 ? null : "malformed_proof";
}

// Why the proof does not hold over the document under the key (32 bytes); null when it does.
export async function mismatch(document, proof, key) {
  const unsigned = without(document, "proof");
  try {
    if ("@context" in proof) {
      const given = asList(proof["@context"]);
      const contexts = asList(document["@context"]).slice(0, given.length);
      if (written(contexts) !== written(given)) return "other_context";
      unsigned["@context"] = proof["@context"];
    }
    const facts = await sha256(canonical(without(proof, "proofValue")));
    const rest = await sha256(canonical(unsigned));
    const fits = await hasSigned(key, fromMultibase(proof.proofValue), new Uint8Array([...facts, ...rest]));
    return fits ? null : "signature_does_not_fit";
  } catch (error) {
    if (error instanceof Unreadable) return "malformed_proof";
    throw error;
  }
}

const written = (value) => new TextDecoder().decode(canonical(value));

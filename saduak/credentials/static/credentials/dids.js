// Documents of issuers (`did:web`): which keys stand in them, and where they lie.

import { momentOf } from "./moments.js";
import { asList, idOf, isObject } from "./reading.js";

// The key at that address, if the document gives it for the purpose and controls it; null otherwise.
export function methodIn(document, address, purpose) {
  const given = asList(document[purpose]);
  if (!given.some((each) => absolute(document, idOf(each)) === address)) return null;
  for (const each of [...asList(document.verificationMethod), ...given.filter(isObject)]) {
    if (!isObject(each) || absolute(document, idOf(each)) !== address) continue;
    const key = each.publicKeyMultibase;
    if (each.controller === document.id && each.type === "Multikey" && typeof key === "string")
      return { id: address, key, revoked: momentOf(each.revoked) };
  }
  return null;
}

// The keys with which the issuer seals PDF files, each with its certificate (DER, as Base64).
export function papersIn(document) {
  return asList(document.verificationMethod)
    .filter((each) => isObject(each) && each.controller === document.id && each.type === "JsonWebKey")
    .map((each) => ({
      id: absolute(document, idOf(each)),
      certificate: asList(each.publicKeyJwk?.x5c)[0],
      revoked: momentOf(each.revoked),
    }))
    .filter((each) => typeof each.certificate === "string");
}

// Where the document of a `did:web` lies, always under https; null for names of another kind.
export function addressOf(did) {
  const found = /^did:web:([A-Za-z0-9.-]+(?:%3[Aa]\d+)?)((?::[A-Za-z0-9._-]+)*)$/.exec(did);
  if (!found || /:\.\.?(:|$)/.test(found[2])) return null;
  const path = found[2].slice(1).replaceAll(":", "/") || ".well-known";
  return `https://${decodeURIComponent(found[1])}/${path}/did.json`;
}

const absolute = (document, address) => (address.startsWith("#") ? `${document.id}${address}` : address);

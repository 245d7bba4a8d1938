// Where a verification gets what does not stand in the document: the keys of a snapshot, lists from files or the web.

import { addressOf, methodIn, papersIn } from "./dids.js";
import { momentOf } from "./moments.js";
import { LARGEST, read } from "./reading.js";

const SECONDS = 10;

// What lies at an https address now; null when it cannot be had or is no document. `local` is one more origin to ask.
export async function fromTheWeb(address, local) {
  if (!address.startsWith("https://") && new URL(address).origin !== local) return null;
  try {
    const answer = await fetch(address, {
      credentials: "omit",
      redirect: "error", // An address stands for the host that it names.
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(SECONDS * 1000),
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return answer.ok && bytes.length <= LARGEST ? { document: read(bytes), how: "fetched", at: Date.now() } : null;
  } catch {
    return null;
  }
}

// Finds issuers among those of a snapshot, `{documents: {did: document}, at}`. A key that it does not know, but that
// signed after it was taken, may be a newer one: of that nothing is found, instead of calling it a stranger's.
export function pinned(snapshot) {
  return async (name, proof) => {
    const document = Object.hasOwn(snapshot.documents, name) ? snapshot.documents[name] : null;
    if (!document) return null;
    const known = proof.certificate
      ? papersIn(document).some((each) => each.certificate === proof.certificate)
      : methodIn(document, proof.verificationMethod, "assertionMethod");
    const signed = momentOf(proof.created);
    const mayBeNewer = !known && signed !== null && signed > momentOf(snapshot.at);
    return mayBeNewer ? null : { document, how: "given" };
  };
}

// Looks at the web address of the issuer first, once for each name, and only for names that the snapshot knows.
export function freshFirst(snapshot, look) {
  const kept = new Map();
  const old = pinned(snapshot);
  return async (name, proof) => {
    const address = Object.hasOwn(snapshot.documents, name) ? addressOf(name) : null;
    if (address && !kept.has(name)) kept.set(name, look(address));
    const found = await kept.get(name);
    return found?.document.id === name ? found : old(name, proof);
  };
}

// Finds lists in the files that the person gave; else, when the issuer is one of the snapshot's, at their addresses.
// Nobody else's document makes this device ask an address.
export function listsFrom(files, snapshot, look) {
  const kept = new Map();
  return async (address, document) => {
    const issuer = typeof document.issuer === "string" ? document.issuer : document.issuer?.id;
    if (look && Object.hasOwn(snapshot.documents, issuer) && !kept.has(address)) kept.set(address, look(address));
    const found = await kept.get(address);
    if (found) return found;
    const given = files.find((each) => each.id === address);
    return given ? { document: given, how: "given" } : null;
  };
}

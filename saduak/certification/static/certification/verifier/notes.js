// What stands below the tool: what it can tell, and which keys it trusts.

import { momentOf } from "../../credentials/moments.js";
import { h } from "./dom.js";
import { facts, inThaiTime, momentInWords, say } from "./facts.js";

export function notes() {
  return [
    h("h2", {}, say("limits")),
    h(
      "ul",
      {},
      h("li", {}, say("limits_1")),
      h("li", {}, say("limits_2")),
      h("li", {}, withAddress("limits_3", `${facts.site}/register/check/`)),
    ),
    h("h2", {}, say("keys")),
    facts.keys.length ? keys() : h("p", {}, say("no_keys")),
  ];
}

function keys() {
  const moment = momentInWords(momentOf(facts.at));
  return [
    h("p", {}, withAddress("keys_of", `${facts.site}/.well-known/did.json`, { moment })),
    h(
      "ul",
      { class: "verifier-keys" },
      facts.keys.map(({ issuer, use, fingerprint, revoked }) =>
        h(
          "li",
          {},
          h("p", {}, h("strong", {}, issuer), ` · ${say(`key_${use}`)}`),
          revoked ? h("p", {}, say("key_stolen", { moment: inThaiTime(revoked) })) : null,
          h("code", {}, fingerprint.match(/.{4}/g).join(" ")),
        ),
      ),
    ),
  ];
}

// A sentence with one {address} in it, as a link.
function withAddress(key, address, values = {}) {
  const [before, after] = say(key, { ...values, address: "\0" }).split("\0");
  return [before, h("a", { href: address }, address), after];
}

// Shows a report, laid out like the page of the register that checks files.

import { checkOf, signatureHolds, verdictOf } from "../../credentials/reports.js";
import { entriesOf } from "../../credentials/status_lists.js";
import { h, icon } from "./dom.js";
import { facts, found, momentInWords, say, sentence } from "./facts.js";

// What was found of one file: `{name, document, report, at, asked}`.
export function resultOf(finding) {
  const verdict = verdictOf(finding.report);
  const [tone, sign] = facts.verdicts[verdict];
  const [title, meaning] = found().verdicts[verdict];
  return [
    h(
      "section",
      { class: "verdict", data: { tone }, "aria-labelledby": "verdict" },
      icon(sign),
      h(
        "div",
        {},
        h("h2", { id: "verdict", tabindex: "-1" }, title),
        h("p", { class: "verdict-when" }, meaning),
        hint(finding.report),
      ),
    ),
    told(finding),
    h("h2", {}, say("checked")),
    h("ul", { class: "checks" }, finding.report.checks.map(line)),
    h("p", { class: "checked-at" }, say("checked_at", { moment: momentInWords(finding.at) })),
    h(
      "p",
      {},
      finding.asked.length ? say("asked", { addresses: finding.asked.join(" ") }) : say("asked_nobody"),
    ),
    listsWanted(finding),
    h(
      "p",
      { class: "not-printed" },
      h("button", { type: "button", class: "button", data: { kind: "secondary" }, onclick: () => print() }, say("print")),
    ),
  ];
}

function hint(report) {
  const unknown = checkOf(report, "key")?.because === "key_out_of_reach";
  const ours = facts.trusted.includes(checkOf(report, "issuer")?.facts.issuer);
  return unknown && ours ? h("p", {}, say("newer_key")) : null;
}

function line(check) {
  const [tone, sign] = facts.outcomes[check.outcome];
  return h(
    "li",
    { data: { tone } },
    icon(sign),
    h(
      "div",
      {},
      h("h3", {}, `${found().topics[check.topic]} `, h("span", { class: "badge", data: { tone } }, found().outcomes[check.outcome])),
      h("p", {}, sentence(check)),
    ),
  );
}

// What the document says of itself; nothing unless its signature holds.
function told({ name, document, report }) {
  const says = signatureHolds(report) ? [document.name, document.credentialSubject?.name].filter(isText) : [];
  return h(
    "dl",
    { class: "facts" },
    says.length ? h("div", {}, h("dt", {}, say("says")), h("dd", {}, says.map((text) => h("p", {}, text)))) : null,
    h("div", {}, h("dt", {}, say("file")), h("dd", {}, name)),
  );
}

const isText = (value) => typeof value === "string";

// The lists that would tell what could not be checked; named only when the signature holds.
function listsWanted({ document, report }) {
  const open = ["list_out_of_reach", "list_is_outdated"];
  const missing = report.checks.filter((each) => open.includes(each.because)).map((each) => each.topic);
  if (!missing.length || !facts.trusted.concat(facts.examples).includes(checkOf(report, "issuer").facts.issuer)) return null;
  const wanted = entriesOf(document).filter((each) => missing.includes(each?.statusPurpose));
  return [
    h("p", {}, say("lists_wanted")),
    h("ul", {}, wanted.map(({ statusListCredential: address }) => h("li", {}, link(address)))),
  ];
}

const link = (address) => (/^https?:/.test(address) ? h("a", { href: address }, address) : address);

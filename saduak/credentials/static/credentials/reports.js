// What a verification looked at, and what it could not look at, with the codes of `reports.py`.

export const PASSED = "passed";
export const FAILED = "failed";
export const NOT_CHECKED = "not_checked";

export function made(topic, outcome, because, facts = {}) {
  return { topic, outcome, because, facts };
}

export function checkOf(report, topic) {
  return report.checks.find((each) => each.topic === topic);
}

const passed = (report, topic) => checkOf(report, topic)?.outcome === PASSED;
const OF_THE_SIGNATURE = ["shape", "key", "proof"];

// Whether the document is unchanged since the holder of the key signed it, and the key was the issuer's.
// A PDF around it is part of what a person reads; when its seal fails, nothing holds.
export function signatureHolds(report) {
  const broken = checkOf(report, "paper")?.outcome === FAILED;
  return !broken && OF_THE_SIGNATURE.every((topic) => passed(report, topic));
}

// What the checks come to. Whatever failed weighs more than what passed.
export function verdictOf(report) {
  const topicsThat = (outcome) => report.checks.filter((each) => each.outcome === outcome).map((each) => each.topic);
  const [failed, open] = [topicsThat(FAILED), topicsThat(NOT_CHECKED)];
  if (failed.includes("paper")) return "not_genuine"; // What is printed may be anything, whatever lies inside.
  if (!signatureHolds(report)) {
    const couldNot = open.includes("key") || open.includes("proof");
    return couldNot && !failed.some((topic) => OF_THE_SIGNATURE.includes(topic)) ? "cannot_say" : "not_genuine";
  }
  if (checkOf(report, "issuer")?.because === "issuer_is_example") return "example";
  if (!passed(report, "issuer")) return "unknown_issuer";
  if (checkOf(report, "register")?.because === "never_issued") return "not_genuine";
  if (failed.length) return "genuine_no_longer_valid";
  // The register tells no more than the lists do, except after a theft of the key.
  const matters = open.some((topic) => topic !== "register");
  const stolen = checkOf(report, "key").because === "key_was_stolen_later";
  return matters || stolen ? "genuine_not_fully_checked" : "genuine";
}

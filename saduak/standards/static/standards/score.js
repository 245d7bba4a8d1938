// The score of one sheet by a scoring plan, without the server: `saduak/standards/plan.py` in another language, tested
// against it on random criteria. Every number is a whole number of hundredths, so nothing is ever rounded by accident.

const MET = "met";
const NOT_MET = "not_met";
const NOT_APPLICABLE = "not_applicable";
const VERDICTS = new Set([MET, NOT_MET, NOT_APPLICABLE]);

// A kept answer ("met", "17.5", "") as the plan knows it: a word, hundredths, or null. Undefined for what is no answer.
export function read(text) {
  if (text === "" || text === null || text === undefined) return null;
  if (VERDICTS.has(text)) return text;
  const parts = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text);
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0")) : undefined;
}

// Hundredths as they are printed: 1750 → "17.50", or "17.5" when short.
export function points(hundredths, { short = false } = {}) {
  const rest = hundredths % 100;
  const decimals = String(rest).padStart(2, "0");
  if (!short) return `${(hundredths - rest) / 100}.${decimals}`;
  const kept = decimals.replace(/0+$/, "");
  return `${(hundredths - rest) / 100}${kept ? `.${kept}` : ""}`;
}

// A plan with what is looked up often.
export function prepared(plan) {
  const items = plan.strands.flatMap((strand) => strand.items);
  return {
    ...plan,
    items,
    leaves: new Map(items.flatMap((item) => item.leaves.map((leaf) => [leaf.code, leaf]))),
    waivable: new Set(items.filter((item) => item.waivable).map((item) => item.code)),
  };
}

// The score of `answers`, a Map from code to what `read` gives; the names are those of `Outcome`.
export function evaluate(plan, answers) {
  const waived = plan.items.map((item) => item.code).filter((code) => answers.get(code) === NOT_APPLICABLE);
  const isWaived = new Set(waived);
  const byItem = {};
  for (const item of plan.items) byItem[item.code] = isWaived.has(item.code) ? 0 : awarded(item, answers);
  const byGroup = {};
  const byStrand = {};
  for (const strand of plan.strands) {
    for (const group of strand.groups) byGroup[group.code] = sum(group.items.map((code) => byItem[code]));
    if (strand.scored) byStrand[strand.code] = share(strand, byItem, isWaived, plan.step);
  }
  const total = sum(Object.values(byStrand));
  const failedGates = plan.items.filter((item) => item.gate && answers.get(item.code) !== MET).map((item) => item.code);
  const reached = plan.levels.filter((level) => total >= level.min).at(-1);
  const above = plan.levels.find((level) => level.min > total);
  const aim = failedGates.length ? (reached ?? plan.levels[0]) : above;
  return {
    total,
    byStrand,
    byGroup,
    byItem,
    failedGates,
    unanswered: plan.items
      .filter((item) => !isWaived.has(item.code))
      .flatMap((item) => item.leaves.map((leaf) => leaf.code))
      .filter((code) => (answers.get(code) ?? null) === null),
    waived,
    level: reached && !failedGates.length ? reached.code : "",
    aim: aim ? aim.code : "",
    missing: aim ? Math.max(aim.min - total, 0) : 0,
  };
}

// Why the plan does not allow an answer; "" when it does. The words are those of the server.
export function problemWith(plan, code, answer) {
  if (answer === undefined) return "not_a_number";
  if (answer === NOT_APPLICABLE) return plan.waivable.has(code) ? "" : "must_apply";
  const leaf = plan.leaves.get(code);
  if (!leaf) return "unknown_code";
  if (leaf.verdict !== (typeof answer === "string")) return leaf.verdict ? "wants_a_verdict" : "wants_points";
  if (typeof answer === "string") return "";
  if (answer < 0 || answer > leaf.most) return "out_of_range";
  return answer % plan.step ? "finer_than_the_step" : "";
}

function awarded(item, answers) {
  let total = 0;
  for (const leaf of item.leaves) {
    const answer = answers.get(leaf.code) ?? null;
    if (answer === MET) total += leaf.most;
    else if (answer !== null && answer !== NOT_MET) total += answer;
  }
  return Math.min(total, item.most);
}

function share(strand, byItem, isWaived, step) {
  const given = sum(strand.items.map((item) => byItem[item.code]));
  const whole = sum(strand.items.map((item) => item.most));
  const applies = sum(strand.items.filter((item) => !isWaived.has(item.code)).map((item) => item.most));
  return divided(2 * given * whole + applies * step, 2 * applies * step) * step;
}

// Whole-number division. Beyond 2^53 a number would no longer be whole: then no score is better than a wrong one.
function divided(number, by) {
  if (!Number.isSafeInteger(number) || !Number.isSafeInteger(by)) throw new RangeError("The points are too large.");
  return (number - (number % by)) / by;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

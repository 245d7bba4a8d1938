// Numbers that were set aside for this kiosk, and which of them are left. Plain arithmetic: what was used stands in the
// outbox, so that a number is used in the same write that keeps its ticket.

export const ENOUGH = 20;

// The next free number of a letter on a day, or null when none is left. `blocks` are {day, prefix, first, last}, `used`
// what was given: {day, prefix, number}.
export function nextNumber(blocks, used, prefix, day) {
  const gone = new Set(used.filter((one) => one.day === day && one.prefix === prefix).map((one) => one.number));
  const own = blocks.filter((block) => block.day === day && block.prefix === prefix);
  for (const { first, last } of own.sort((one, other) => one.first - other.first))
    for (let number = first; number <= last; number += 1) if (!gone.has(number)) return number;
  return null;
}

// How many are left of each letter on a day.
export function left(blocks, used, prefixes, day) {
  const counted = {};
  for (const prefix of prefixes) {
    const gone = new Set(used.filter((one) => one.day === day && one.prefix === prefix).map((one) => one.number));
    counted[prefix] = 0;
    for (const { first, last } of blocks.filter((block) => block.day === day && block.prefix === prefix))
      for (let number = first; number <= last; number += 1) if (!gone.has(number)) counted[prefix] += 1;
  }
  return counted;
}

// A012: a letter and at least so many digits.
export function shown(prefix, number, digits = 3) {
  return `${prefix}${String(number).padStart(digits, "0")}`;
}

// The date in Bangkok, as 2026-11-20, at a moment in milliseconds.
export function dayOf(milliseconds) {
  return new Date(milliseconds + 7 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

// Five letters by which the ticket's page is found again; the server says the same (queries/finding.py).
export async function codeOf(secret) {
  const letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`code ${secret}`)));
  return [...digest.slice(0, 5)].map((byte) => letters[byte % letters.length]).join("");
}

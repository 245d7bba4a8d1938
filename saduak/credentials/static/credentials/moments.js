// Moments as documents write them (XML Schema `dateTimeStamp`, which has a time zone), in milliseconds since 1970.

const STAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/;

// The moment that the text names; null when it names none.
export function momentOf(text) {
  const found = typeof text === "string" ? STAMP.exec(text) : null;
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  const isDay = year > 0 && local.getUTCMonth() === month - 1 && local.getUTCDate() === day;
  const ahead = found[8] ? (found[8] === "-" ? -1 : 1) * (Number(found[9]) * 60 + Number(found[10])) : 0;
  if (!isDay || hour > 23 || minute > 59 || second > 59 || Math.abs(ahead) >= 24 * 60) return null;
  const fraction = Math.floor(Number(found[7] ?? 0) * 1000);
  return local.getTime() + ((hour * 60 + minute - ahead) * 60 + second) * 1000 + fraction;
}

// In UTC, to the second, with `Z`.
export function moment(at) {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

// How a call is said: the recorded words that it is joined from, and the sentences. As `frontdesk/voice.py` has it; one
// table of calls holds both to it.

export const WORDS = {
  th_01: "ขอเชิญหมายเลข", th_02: "ขอเชิญคิวที่", th_03: "ที่ช่องบริการ", th_04: "ที่เคาน์เตอร์", th_05: "ที่ห้อง",
  th_06: "ค่ะ", th_07: "ครับ",
  th_08: "ศูนย์", th_09: "หนึ่ง", th_10: "สอง", th_11: "สาม", th_12: "สี่", th_13: "ห้า", th_14: "หก", th_15: "เจ็ด",
  th_16: "แปด", th_17: "เก้า", th_18: "สิบ", th_19: "ยี่สิบ", th_20: "เอ็ด", th_21: "ร้อย", th_22: "พัน",
  th_23: "เอ", th_24: "บี", th_25: "ซี", th_26: "ดี", th_27: "อี", th_28: "เอฟ", th_29: "จี", th_30: "เอช", th_31: "ไอ",
  th_32: "เจ", th_33: "เค", th_34: "แอล", th_35: "เอ็ม", th_36: "เอ็น", th_37: "โอ", th_38: "พี", th_39: "คิว",
  th_40: "อาร์", th_41: "เอส", th_42: "ที", th_43: "ยู", th_44: "วี", th_45: "ดับเบิลยู", th_46: "เอ็กซ์", th_47: "วาย",
  th_48: "แซด",
};

const PLACES = [
  ["ช่องบริการ", "th_03"], ["ช่อง", "th_03"], ["เคาน์เตอร์", "th_04"], ["counter", "th_04"],
  ["ห้อง", "th_05"], ["room", "th_05"],
];
const COUNTER = "th_03";
const ROOM = "th_05";
const [TEN, TWENTY, ONE_AT_THE_END, HUNDRED, THOUSAND] = ["th_18", "th_19", "th_20", "th_21", "th_22"];
const LONGEST_NUMBER = 4;

// { clips: ["th_01", …] or null, speech: what a voice reads, caption: what stands on the board }
export function inThai(number, counter, { opening = "th_01", ending = "th_06" } = {}) {
  [number, counter] = [tidy(number), tidy(counter)];
  const [place, rest] = placeAndRest(counter);
  const [signs, label] = [signsOf(number), labelOf(rest)];
  const clips = signs && label ? [opening, ...signs, place ?? COUNTER, ...label, ending] : null;
  const spokenNumber = signs ? inWords(signs) : number;
  const spokenLabel = label ? inWords(label) : rest;
  return {
    clips,
    speech: `${WORDS[opening]} ${spokenNumber} ${where(place, spokenLabel, counter)} ${WORDS[ending]}`,
    caption: `${WORDS[opening]} ${number} ${where(place, rest, counter)} ${WORDS[ending]}`,
  };
}

export function inEnglish(number, counter) {
  [number, counter] = [tidy(number), tidy(counter)];
  const [place, rest] = placeAndRest(counter);
  const to = `${place === ROOM ? "room" : "counter"} ${rest}`;
  return {
    clips: null,
    speech: `Number ${[...number].join(" ")}, please go to ${to}.`,
    caption: `Number ${number}, please go to ${to}`,
  };
}

// A counter below the heading “ช่องบริการ”: “ช่อง 12” is 12; a room or another place keeps its name.
export function onTheBoard(counter) {
  const [place, rest] = placeAndRest(tidy(counter));
  return place === COUNTER ? rest : tidy(counter);
}

// A number of at most four digits as Thai reads it; longer ones, or with a nought first, digit by digit.
export function asNumber(digits) {
  if (digits.length > LONGEST_NUMBER || (digits[0] === "0" && digits.length > 1)) return [...digits].map(digit);
  const value = Number(digits);
  const [thousands, hundreds, tens, ones] = [1000, 100, 10, 1].map((unit) => Math.floor(value / unit) % 10);
  const said = [];
  if (thousands) said.push(digit(thousands), THOUSAND);
  if (hundreds) said.push(digit(hundreds), HUNDRED);
  if (tens === 2) said.push(TWENTY);
  else if (tens === 1) said.push(TEN);
  else if (tens) said.push(digit(tens), TEN);
  if (ones === 1 && value > 1) said.push(ONE_AT_THE_END);
  else if (ones || !value) said.push(digit(ones));
  return said;
}

function tidy(words) {
  return words
    .replace(/[๐-๙]/g, (sign) => String(sign.codePointAt(0) - 0x0e50))
    .replace(/[ \t\u00a0]+/g, " ")
    .replace(/^ | $/g, "");
}

function placeAndRest(counter) {
  for (const [word, code] of PLACES) {
    if (!counter.toLowerCase().startsWith(word)) continue;
    const rest = counter.slice(word.length).replace(/^ | $/g, "");
    if (rest) return [code, rest];
  }
  return [null, counter];
}

function where(place, rest, counter) {
  const word = WORDS[place ?? COUNTER];
  return place && rest.codePointAt(0) > 127 && !counter.includes(" ") ? word + rest : `${word} ${rest}`;
}

function signsOf(number) {
  if (!/^[A-Za-z0-9]+$/.test(number)) return null;
  return [...number].map((sign) => (/[0-9]/.test(sign) ? digit(sign) : letter(sign)));
}

function labelOf(rest) {
  if (!/^[A-Za-z0-9 /-]*[A-Za-z0-9]$/.test(rest) || /[A-Za-z]{3}/.test(rest)) return null;
  return rest.match(/[A-Za-z]|[0-9]+/g).flatMap((part) => (/[0-9]/.test(part) ? asNumber(part) : letter(part)));
}

const inWords = (codes) => codes.map((code) => WORDS[code]).join(" ");
const digit = (sign) => `th_${String(8 + Number(sign)).padStart(2, "0")}`;
const letter = (sign) => `th_${23 + sign.toUpperCase().charCodeAt(0) - 65}`;

// Reads DER (ITU-T X.690) as far as our seals need it: definite lengths in their shortest form, tags below 31.

// The element at `place`: its tag, where its content begins, where it ends. Throws RangeError.
export function element(bytes, place = 0) {
  const tag = bytes[place];
  let size = bytes[place + 1];
  let begin = place + 2;
  if (tag === undefined || size === undefined || (tag & 31) === 31) throw new RangeError("This is no DER.");
  if (size > 127) {
    const digits = size - 128;
    if (digits < 1 || digits > 3) throw new RangeError("This length is not written as DER.");
    size = 0;
    for (const digit of bytes.subarray(begin, begin + digits)) size = size * 256 + digit;
    begin += digits;
    if (size < 128 || size < 256 ** (digits - 1)) throw new RangeError("This length could be shorter.");
  }
  if (begin + size > bytes.length) throw new RangeError("This element is cut off.");
  return { tag, raw: bytes.subarray(place, begin + size), content: bytes.subarray(begin, begin + size) };
}

// The elements inside one, which must be as many as the tags given; every tag must be the one expected.
export function inside(outer, ...tags) {
  const found = elements(outer);
  if (found.length !== tags.length || found.some((each, place) => each.tag !== tags[place]))
    throw new RangeError("These parts were not expected.");
  return found;
}

export function elements(outer) {
  const found = [];
  for (let place = 0; place < outer.content.length; place += found.at(-1).raw.length)
    found.push(element(outer.content, place));
  return found;
}

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

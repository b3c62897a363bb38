const BOUNDARY = Buffer.from('},{"');
const QUOTE_AFTER = BOUNDARY.length;

/**
 * The messages of JSON text in which they are joined by commas, as views of it; no message: none.
 *
 * Between two messages, and nowhere else, stands `},{"` before a letter (of `value`, `key` or `headers`). Within a
 * string a quote is escaped, so there this could only be the string's end, and after that comes `:`, `,` or `}`.
 * Outside of strings a message holds no array of objects: its values are flat.
 */
export function splitMessages(json: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  let start = 0;
  for (let at = json.indexOf(BOUNDARY); at !== -1; at = json.indexOf(BOUNDARY, at + 1)) {
    if (!isBoundary(json, at)) continue;
    messages.push(json.subarray(start, at + 1));
    start = at + 2;
  }
  if (start < json.length) messages.push(json.subarray(start));
  return messages;
}

/** @returns the length of the text before the comma of the last boundary in it; 0 when there is none. */
export function lastBoundary(json: Buffer): number {
  for (let at = json.lastIndexOf(BOUNDARY); at > 0; at = json.lastIndexOf(BOUNDARY, at - 1)) {
    if (isBoundary(json, at)) return at + 1;
  }
  return 0;
}

function isBoundary(json: Buffer, at: number): boolean {
  const after = json[at + QUOTE_AFTER] ?? 0;
  return after >= 0x61 && after <= 0x7a;
}

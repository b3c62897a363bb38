const BOUNDARY = Buffer.from('},{"');
const QUOTE_AFTER = BOUNDARY.length;

/**
 * Splits JSON text with comma-separated messages into views of each message; empty text has none.
 *
 * Two messages are always separated by `},{"` before a letter (of `value`, `key` or `headers`), which occurs nowhere else.
 * Quotes within a string are escaped, so this quote could only end a string, and then `:`, `,` or `}` would follow. Outside
 * strings, a message contains no array of objects: its values are flat.
 */
export function splitMessages(json: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  let start = 0;
  for (let comma = nextBoundary(json, 0); comma !== -1; comma = nextBoundary(json, start)) {
    messages.push(json.subarray(start, comma));
    start = comma + 1;
  }
  if (start < json.length) messages.push(json.subarray(start));
  return messages;
}

/** @returns the position of the comma of the first boundary from `from` on; -1 if none. */
export function nextBoundary(json: Buffer, from: number): number {
  for (let at = json.indexOf(BOUNDARY, from); at !== -1; at = json.indexOf(BOUNDARY, at + 1)) {
    if (isBoundary(json, at)) return at + 1;
  }
  return -1;
}

/** @returns the length of the text before the comma of its last boundary; 0 if none. */
export function lastBoundary(json: Buffer): number {
  for (let at = json.lastIndexOf(BOUNDARY); at > 0; at = json.lastIndexOf(BOUNDARY, at - 1)) {
    if (isBoundary(json, at)) return at + 1;
  }
  return 0;
}

/**
 * Finds the first boundary in a text without one that continues in another buffer.
 *
 * @returns the position of its comma, counted from the beginning of `text`; -1 if none.
 */
export function boundaryAcross(text: Buffer, next: Buffer): number {
  const seen = Math.max(0, text.length - QUOTE_AFTER);
  const seam = nextBoundary(Buffer.concat([text.subarray(seen), next.subarray(0, QUOTE_AFTER)]), 0);
  if (seam !== -1) return seen + seam;
  const comma = nextBoundary(next, 0);
  return comma === -1 ? -1 : text.length + comma;
}

function isBoundary(json: Buffer, at: number): boolean {
  const after = json[at + QUOTE_AFTER] ?? 0;
  return after >= 0x61 && after <= 0x7a;
}

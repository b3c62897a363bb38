/** Texts out of clients' files, as a database and a page can take them. */

/** Characters; what `asset-details.ts` allows. */
const MAX_LENGTH = 4000;

/**
 * A text without control characters and broken Unicode, cut to 4,000 characters; null when nothing is
 * left, or when it is no text at all.
 */
export function readableText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    // Before the slow part: a file may have megabytes of it.
    .slice(0, 4 * MAX_LENGTH)
    .replaceAll(/[\t\r\n]+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .trim()
    .slice(0, MAX_LENGTH)
    .toWellFormed();
  return text === '' ? null : text;
}

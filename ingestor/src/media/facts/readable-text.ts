/** Cleans texts from clients' files for the database and the page. */

/** Characters; the limit of `asset-details.ts`. */
const MAX_LENGTH = 4000;

/**
 * Removes control characters and broken Unicode and truncates to 4,000 characters; null when nothing is left, or for a
 * value that is not text.
 */
export function readableText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    // Truncated before the slow part: a file may hold megabytes of text.
    .slice(0, 4 * MAX_LENGTH)
    .replaceAll(/[\t\r\n]+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .trim()
    .slice(0, MAX_LENGTH)
    .toWellFormed();
  return text === '' ? null : text;
}

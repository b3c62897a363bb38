const ELEMENT = /\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>(?:[^"\\{},]|\\.)+))\s*(?<end>,|$)/sy;

/**
 * Parses a one-dimensional Postgres array as people write it: `{a, "b c", NULL}`.
 *
 * @returns null when the text is not such an array.
 */
export function parseArrayText(text: string): (string | null)[] | null {
  const inner = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  if (inner === undefined) return null;
  if (inner.trim() === '') return [];
  const elements: (string | null)[] = [];
  ELEMENT.lastIndex = 0;
  for (;;) {
    const match = ELEMENT.exec(inner);
    if (!match) return null;
    const { quoted, bare, end } = match.groups ?? {};
    const trimmed = bare?.trim();
    if (trimmed === '') return null;
    elements.push(trimmed?.toUpperCase() === 'NULL' ? null : (quoted ?? trimmed ?? '').replaceAll(/\\(.)/gs, '$1'));
    if (end === '') return elements;
  }
}

const ELEMENT = /\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>(?:[^"\\{},]|\\.)+))\s*(?<end>,|$)/sy;

/**
 * Elements of a Postgres array of one dimension, as written by people: `{a, "b c", NULL}`.
 *
 * @returns null when it is none.
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

/**
 * Parses the output of Postgres' own `test_decoding` plugin, as a second source of changes beside the engine's.
 * Source of the format: contrib/test_decoding/test_decoding.c.
 */
import type { Row } from './tables.ts';

export type DecodedLine =
  | { readonly kind: 'insert'; readonly table: string; readonly row: DecodedRow }
  /** `old` is the old key, or the whole old row without its NULLs; null when the key is unchanged and the identity is the default. */
  | { readonly kind: 'update'; readonly table: string; readonly old: Row | null; readonly row: DecodedRow }
  | { readonly kind: 'delete'; readonly table: string; readonly old: Row }
  | { readonly kind: 'truncate'; readonly tables: readonly string[] }
  | { readonly kind: 'begin' | 'commit' | 'message' };

export interface DecodedRow {
  readonly values: Row;
  /** Unchanged TOASTed columns, which the log leaves out. */
  readonly unchanged: readonly string[];
}

const UNCHANGED = 'unchanged-toast-datum';
const COLUMN = /"?(\w+)"?\[((?:[^[\]]|\[\])*)\]:(unchanged-toast-datum|'(?:[^']|'')*'|[^\s']+) ?/y;
const LINE = /^table (.+?): (INSERT|UPDATE|DELETE|TRUNCATE): /;

/** @throws SyntaxError for a line of unknown form. */
export function parseDecodedLine(line: string): DecodedLine {
  if (line.startsWith('BEGIN')) return { kind: 'begin' };
  if (line.startsWith('COMMIT')) return { kind: 'commit' };
  if (line.startsWith('message:')) return { kind: 'message' };
  const found = LINE.exec(line);
  if (!found) throw new SyntaxError(`test_decoding wrote a line of unknown form: ${line.slice(0, 200)}`);
  const [start, names = '', operation] = found;
  const tables = names.split(', ').map((name) => name.replace(/^public\./, ''));
  const [table = ''] = tables;
  const rest = line.slice(start.length);
  if (operation === 'TRUNCATE') return { kind: 'truncate', tables };
  if (operation === 'INSERT') return { kind: 'insert', table, row: parseRow(rest).row };
  if (operation === 'DELETE') return { kind: 'delete', table, old: parseRow(rest).row.values };
  // A text value may contain these words too, but only after the first column.
  if (!rest.startsWith('old-key: ')) return { kind: 'update', table, old: null, row: parseRow(rest).row };
  const old = parseRow(rest.slice('old-key: '.length));
  const after = rest.slice('old-key: '.length + old.length);
  if (!after.startsWith('new-tuple: ')) throw new SyntaxError(`no new row in: ${line.slice(0, 200)}`);
  return { kind: 'update', table, old: old.row.values, row: parseRow(after.slice('new-tuple: '.length)).row };
}

/** Parses `id[integer]:1 note[text]:'it''s' …` up to the first word that is not a column. */
function parseRow(text: string): { row: DecodedRow; length: number } {
  const values: Record<string, string | null> = {};
  const unchanged: string[] = [];
  let length = 0;
  for (;;) {
    COLUMN.lastIndex = length;
    const found = COLUMN.exec(text);
    if (!found) return { row: { values, unchanged }, length };
    length = COLUMN.lastIndex;
    const [, column = '', , value = ''] = found;
    if (value === UNCHANGED) unchanged.push(column);
    else if (value === 'null') values[column] = null;
    else values[column] = value.startsWith("'") ? value.slice(1, -1).replaceAll("''", "'") : value;
  }
}

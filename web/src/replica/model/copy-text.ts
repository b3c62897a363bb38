/** Formats rows as COPY's text format: https://www.postgresql.org/docs/18/sql-copy.html (File Formats). */
import type { TextRow } from './fold-changes.ts';

const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** @param columns the columns of each line, in order; a column that a row lacks is NULL. */
export function copyText(rows: readonly TextRow[], columns: readonly string[]): string {
  let text = '';
  for (const row of rows) {
    let separator = '';
    for (const column of columns) {
      const value = row[column] ?? null;
      text +=
        separator + (value === null ? '\\N' : value.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? ''));
      separator = '\t';
    }
    text += '\n';
  }
  return text;
}

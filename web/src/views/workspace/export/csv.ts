/** Writes CSV as RFC 4180 describes it, safe to open in a spreadsheet. */

/** A spreadsheet takes a text that begins so for a formula: https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r\n]/;

/**
 * Returns one cell. A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers never do,
 * so −12.5 stays a number. Null is an empty cell: unknown.
 */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvLine(values: readonly (string | number | boolean | null)[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

/**
 * A row of `COPY … TO STDOUT` (text format) as the protocol's message, byte for byte, without a string in
 * between. What COPY escapes with a backslash, JSON escapes with the same, but for `\v`; `\N` alone is
 * null; a tab ends a field, a newline the row. Quotes and control characters are left to escape here.
 * Source: https://www.postgresql.org/docs/current/sql-copy.html, RFC 8259 section 7.
 */
import { quoteIdentifier } from './identifiers.ts';
import { isPrintedAsText, rowKeySql } from './row-key-sql.ts';
import type { ShapeDefinition } from './shape-definition.ts';

/** Of a character in a row, when it is written with an escape: six bytes. */
const LONGEST_ESCAPE = 6;

const TAB = 9;
const NEWLINE = 10;
const VERTICAL_TAB = 11;
const QUOTE = 34;
const BACKSLASH = 92;
const CAPITAL_N = 78;
const SMALL_V = 118;
const NULL = Buffer.from('null');
const HEX = Buffer.from('0123456789abcdef');
/** 1: not to be copied as it is. */
const SPECIAL = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte < 32 || byte === QUOTE || byte === BACKSLASH),
);

export class SnapshotRows {
  /** The select list: what follows the prefix in a row's key, then the columns. */
  readonly selectList: string;
  readonly #beforeKey: Buffer;
  readonly #afterKey: Buffer;
  readonly #labels: readonly Buffer[];
  readonly #end: Buffer;
  readonly #fixedBytes: number;

  constructor({ table, columns, key, keyPrefix }: ShapeDefinition) {
    const values = columns.map((name) =>
      isPrintedAsText(table, name) ? quoteIdentifier(name) : `${quoteIdentifier(name)}::text`,
    );
    this.selectList = [rowKeySql(table, key), ...values].join(', ');
    this.#beforeKey = Buffer.from(`{"key":${JSON.stringify(keyPrefix).slice(0, -1)}`);
    this.#afterKey = Buffer.from('","value":{');
    this.#labels = columns.map((name, index) => Buffer.from(`${index === 0 ? '' : ','}${JSON.stringify(name)}:`));
    this.#end = Buffer.from(
      `},"headers":{"relation":${JSON.stringify([table.schema, table.name])},"operation":"insert"}}`,
    );
    const fixed = [this.#beforeKey, this.#afterKey, ...this.#labels, this.#end];
    this.#fixedBytes = fixed.reduce((sum, part) => sum + part.length, 0) + columns.length * NULL.length;
  }

  /** How much room a row may need. */
  roomFor(row: Buffer): number {
    return this.#fixedBytes + row.length * LONGEST_ESCAPE;
  }

  /** Writes a row's message. @returns where it ends. */
  write(row: Buffer, to: Buffer, at: number): number {
    let from = 0;
    let end = put(this.#beforeKey, to, at);
    [from, end] = field(row, from, to, end);
    end = put(this.#afterKey, to, end);
    for (const label of this.#labels) {
      end = put(label, to, end);
      if (row[from] === BACKSLASH && row[from + 1] === CAPITAL_N) {
        end = put(NULL, to, end);
        from += 3;
      } else {
        to[end++] = QUOTE;
        [from, end] = field(row, from, to, end);
        to[end++] = QUOTE;
      }
    }
    return put(this.#end, to, end);
  }
}

/** Copies a field's text. @returns where the next field begins in the row, and where the copy ends. */
function field(row: Buffer, from: number, to: Buffer, at: number): [number, number] {
  let read = from;
  let end = at;
  for (;;) {
    const byte = row[read++] ?? NEWLINE;
    if (SPECIAL[byte] === 0) to[end++] = byte;
    else if (byte === TAB || byte === NEWLINE) return [read, end];
    else if (byte !== BACKSLASH) end = writeEscaped(byte, to, end);
    else {
      const escaped = row[read++] ?? BACKSLASH;
      if (escaped === SMALL_V) end = writeEscaped(VERTICAL_TAB, to, end);
      else {
        to[end++] = BACKSLASH;
        to[end++] = escaped;
      }
    }
  }
}

function writeEscaped(byte: number, to: Buffer, at: number): number {
  let end = at;
  to[end++] = BACKSLASH;
  if (byte === QUOTE) {
    to[end++] = QUOTE;
    return end;
  }
  end = put(Buffer.from('u00'), to, end);
  to[end++] = HEX[byte >> 4] ?? 0;
  to[end++] = HEX[byte & 15] ?? 0;
  return end;
}

/** Short parts: a loop is quicker than a call. */
function put(part: Buffer, to: Buffer, at: number): number {
  for (let index = 0; index < part.length; index++) to[at + index] = part[index] ?? 0;
  return at + part.length;
}

/**
 * Converts a row of `COPY … TO STDOUT` (text format) into the protocol's message, byte by byte and without an intermediate
 * string. COPY's backslash escapes are the same in JSON except for `\v`; `\N` alone is null; a tab ends a field, a newline
 * the row. Only quotes and control characters remain to be escaped here.
 * Source: https://www.postgresql.org/docs/current/sql-copy.html, RFC 8259 section 7.
 */
import { quoteIdentifier } from '../postgres/identifiers.ts';
import type { ShapeDefinition } from '../protocol/shape-definition.ts';
import { isPrintedAsText, rowKeySql, valueSql } from './row-key-sql.ts';

/** Longest form of a character that needs an escape: six bytes. */
const LONGEST_ESCAPE = 6;

const TAB = 9;
const NEWLINE = 10;
const VERTICAL_TAB = 11;
const QUOTE = 34;
const BACKSLASH = 92;
const CAPITAL_N = 78;
const SMALL_V = 118;
const NULL = Buffer.from('null');
/** 1 for bytes that cannot be copied unchanged. */
const SPECIAL = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte < 32 || byte === QUOTE || byte === BACKSLASH),
);

/** A field of the message, with the text before it. */
interface Field {
  readonly before: Buffer;
  /** True for a column's value, in quotes or null; false for the row's key, whose quotes are already there. */
  readonly isValue: boolean;
}

export class SnapshotRows {
  /** The select list: the key's part after the prefix, then the columns. */
  readonly selectList: string;
  readonly #fields: readonly Field[];
  readonly #end: Buffer;
  readonly #fixedBytes: number;

  constructor({ table, columns, key, keyPrefix }: ShapeDefinition) {
    const values = columns.map((name) =>
      isPrintedAsText(table, name) ? quoteIdentifier(name) : valueSql(table, name),
    );
    this.selectList = [rowKeySql(table, key), ...values].join(', ');
    const beforeKey = `{"key":${JSON.stringify(keyPrefix).slice(0, -1)}`;
    const labels = columns.map((name, index) => `${index === 0 ? '","value":{' : ','}${JSON.stringify(name)}:`);
    this.#fields = [
      { before: Buffer.from(beforeKey), isValue: false },
      ...labels.map((label) => ({ before: Buffer.from(label), isValue: true })),
    ];
    this.#end = Buffer.from(
      `},"headers":{"relation":${JSON.stringify([table.schema, table.name])},"operation":"insert"}}`,
    );
    this.#fixedBytes = this.#fields.reduce((sum, { before }) => sum + before.length + NULL.length, this.#end.length);
  }

  /** Returns the most bytes that a row's message may take. */
  roomFor(row: Buffer): number {
    return this.#fixedBytes + row.length * LONGEST_ESCAPE;
  }

  /** Writes a row's message. Handles every byte, so it is one loop without calls or allocations. @returns the end position. */
  write(row: Buffer, to: Buffer, at: number): number {
    let read = 0;
    let end = at;
    for (const { before, isValue } of this.#fields) {
      for (let index = 0; index < before.length; index++) to[end++] = before[index] ?? 0;
      if (isValue && row[read] === BACKSLASH && row[read + 1] === CAPITAL_N) {
        end += NULL.copy(to, end);
        read += 3;
        continue;
      }
      if (isValue) to[end++] = QUOTE;
      for (;;) {
        const byte = row[read++] ?? NEWLINE;
        if (SPECIAL[byte] === 0) to[end++] = byte;
        else if (byte === TAB || byte === NEWLINE) break;
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
      if (isValue) to[end++] = QUOTE;
    }
    return end + this.#end.copy(to, end);
  }
}

function writeEscaped(byte: number, to: Buffer, at: number): number {
  const text = byte === QUOTE ? '\\"' : `\\u00${byte.toString(16).padStart(2, '0')}`;
  return at + to.write(text, at, 'latin1');
}

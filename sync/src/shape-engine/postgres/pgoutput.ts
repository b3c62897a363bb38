/**
 * Decodes messages of Postgres' `pgoutput` plugin, protocol version 1, with values in text format.
 * Source: https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html
 */

export interface Relation {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** True for REPLICA IDENTITY FULL: updates and deletes carry the whole old row. */
  readonly identityFull: boolean;
  readonly columns: readonly RelationColumn[];
}

interface RelationColumn {
  readonly name: string;
  readonly typeOid: number;
  /** -1 when the type has no modifier. */
  readonly typeModifier: number;
}

const NULL = -1;
const UNTOUCHED = -2;

/** A row of a relation. Its values are decoded on demand: most are never needed. */
export class Row {
  readonly #message: Buffer;
  /** Start and end of each value in the message; for a missing value, the start is NULL or UNTOUCHED. */
  readonly #bounds: readonly number[];
  readonly #texts: (string | undefined)[] = [];
  readonly #before: Row | null;

  /** @param before supplies TOASTed values that an update left untouched; null when none can be. */
  constructor(message: Buffer, bounds: readonly number[], before: Row | null) {
    this.#message = message;
    this.#bounds = bounds;
    this.#before = before;
  }

  /** Returns a value in Postgres' text format, by the column's place in the relation. */
  value(place: number): string | null {
    const begin = this.#bounds[place * 2] ?? NULL;
    if (begin < 0) return begin === UNTOUCHED && this.#before ? this.#before.value(place) : null;
    const text = this.#texts[place] ?? this.#message.toString('utf8', begin, this.#bounds[place * 2 + 1]);
    this.#texts[place] = text;
    return text;
  }

  /** True if another row has the same value there, byte for byte. */
  hasSame(place: number, other: Row): boolean {
    const begin = this.#bounds[place * 2] ?? NULL;
    const otherBegin = other.#bounds[place * 2] ?? NULL;
    if (begin === UNTOUCHED || otherBegin === UNTOUCHED) return this.value(place) === other.value(place);
    if (begin === NULL || otherBegin === NULL) return begin === otherBegin;
    const end = this.#bounds[place * 2 + 1] ?? begin;
    const otherEnd = other.#bounds[place * 2 + 1] ?? otherBegin;
    if (end - begin !== otherEnd - otherBegin) return false;
    for (let offset = 0; offset < end - begin; offset++) {
      if (this.#message[begin + offset] !== other.#message[otherBegin + offset]) return false;
    }
    return true;
  }
}

export type PgoutputMessage =
  | { readonly tag: 'begin'; readonly lsn: bigint; readonly xid: number }
  | { readonly tag: 'commit'; readonly endLsn: bigint }
  | { readonly tag: 'relation'; readonly relation: Relation }
  | { readonly tag: 'insert'; readonly oid: number; readonly new: Row }
  /** `old` is null unless the table's replica identity includes the whole old row. */
  | { readonly tag: 'update'; readonly oid: number; readonly old: Row | null; readonly new: Row }
  | { readonly tag: 'delete'; readonly oid: number; readonly old: Row | null }
  | { readonly tag: 'truncate'; readonly oids: readonly number[] }
  /** A message written by `pg_logical_emit_message`. */
  | { readonly tag: 'message'; readonly prefix: string; readonly content: string }
  /** Types and origins, which the engine does not use. */
  | { readonly tag: 'other' };

/** @throws RangeError when the message is shorter than its format requires. */
export function decodePgoutput(message: Buffer): PgoutputMessage {
  const reader = new Reader(message);
  const tag = String.fromCharCode(reader.byte());
  switch (tag) {
    case 'B': {
      const lsn = reader.int64();
      reader.int64(); // commit time
      return { tag: 'begin', lsn, xid: reader.int32() };
    }
    case 'C':
      reader.byte(); // flags
      reader.int64(); // LSN of the commit record
      return { tag: 'commit', endLsn: reader.int64() };
    case 'R':
      return { tag: 'relation', relation: readRelation(reader) };
    case 'I': {
      const oid = reader.int32();
      reader.byte(); // 'N'
      return { tag: 'insert', oid, new: readRow(reader, null) };
    }
    case 'U': {
      const oid = reader.int32();
      let kind = String.fromCharCode(reader.byte());
      let old: Row | null = null;
      if (kind !== 'N') {
        const row = readRow(reader, null);
        if (kind === 'O') old = row;
        kind = String.fromCharCode(reader.byte());
      }
      return { tag: 'update', oid, old, new: readRow(reader, old) };
    }
    case 'D': {
      const oid = reader.int32();
      const kind = String.fromCharCode(reader.byte());
      const row = readRow(reader, null);
      return { tag: 'delete', oid, old: kind === 'O' ? row : null };
    }
    case 'T': {
      const count = reader.int32();
      reader.byte(); // options
      return { tag: 'truncate', oids: Array.from({ length: count }, () => reader.int32()) };
    }
    case 'M': {
      reader.byte(); // flags
      reader.int64(); // LSN
      const prefix = reader.cString();
      return { tag: 'message', prefix, content: reader.text(reader.int32()) };
    }
    default:
      return { tag: 'other' };
  }
}

function readRelation(reader: Reader): Relation {
  const oid = reader.int32();
  const schema = reader.cString();
  const name = reader.cString();
  const identityFull = String.fromCharCode(reader.byte()) === 'f';
  const columns = Array.from({ length: reader.int16() }, () => {
    reader.byte(); // whether it is part of the key
    const column = reader.cString();
    return { name: column, typeOid: reader.int32(), typeModifier: reader.int32() | 0 };
  });
  // pg_catalog is sent as an empty string.
  return { oid, schema: schema || 'pg_catalog', name, identityFull, columns };
}

function readRow(reader: Reader, before: Row | null): Row {
  const count = reader.int16();
  const bounds = new Array<number>(count * 2);
  for (let index = 0; index < count * 2; index += 2) {
    const kind = reader.byte();
    if (kind === 0x74) {
      const length = reader.int32();
      bounds[index] = reader.skip(length);
      bounds[index + 1] = reader.at;
    } else if (kind === 0x6e || kind === 0x75) {
      bounds[index] = kind === 0x6e ? NULL : UNTOUCHED;
      bounds[index + 1] = 0;
    } else throw new RangeError(`The replication stream contains a value of unknown kind ${kind}.`);
  }
  return new Row(reader.buffer, bounds, before);
}

/** Reads big-endian values in sequence. */
class Reader {
  readonly buffer: Buffer;
  #at = 0;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
  }

  /** Position of the next read. */
  get at(): number {
    return this.#at;
  }

  /** @returns the position before the skip. */
  skip(length: number): number {
    const before = this.#at;
    this.#at += length;
    if (this.#at > this.buffer.length) throw new RangeError('A row of the replication stream ends too early.');
    return before;
  }

  byte(): number {
    return this.buffer.readUInt8(this.#at++);
  }

  int16(): number {
    this.#at += 2;
    return this.buffer.readUInt16BE(this.#at - 2);
  }

  int32(): number {
    this.#at += 4;
    return this.buffer.readUInt32BE(this.#at - 4);
  }

  int64(): bigint {
    this.#at += 8;
    return this.buffer.readBigUInt64BE(this.#at - 8);
  }

  text(length: number): string {
    this.#at += length;
    return this.buffer.toString('utf8', this.#at - length, this.#at);
  }

  cString(): string {
    const end = this.buffer.indexOf(0, this.#at);
    const text = this.buffer.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return text;
  }
}

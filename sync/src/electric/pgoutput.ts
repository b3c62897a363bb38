/**
 * Decodes messages of Postgres' `pgoutput` plugin, protocol version 1, values in text format.
 * Source: https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html
 */

export interface Relation {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** REPLICA IDENTITY FULL: updates and deletes carry the whole old row. */
  readonly identityFull: boolean;
  readonly columns: readonly RelationColumn[];
}

export interface RelationColumn {
  readonly name: string;
  readonly typeOid: number;
  /** -1: the type has none. */
  readonly typeModifier: number;
}

/** A row's values in the relation's order, in Postgres' text format. `undefined`: TOASTed and left untouched. */
export type Tuple = readonly (string | null | undefined)[];

export type PgoutputMessage =
  | { readonly tag: 'begin'; readonly lsn: bigint; readonly xid: number }
  | { readonly tag: 'commit'; readonly endLsn: bigint }
  | { readonly tag: 'relation'; readonly relation: Relation }
  | { readonly tag: 'insert'; readonly oid: number; readonly new: Tuple }
  /** `old` is null when the table's replica identity does not give the whole old row. */
  | { readonly tag: 'update'; readonly oid: number; readonly old: Tuple | null; readonly new: Tuple }
  | { readonly tag: 'delete'; readonly oid: number; readonly old: Tuple | null }
  | { readonly tag: 'truncate'; readonly oids: readonly number[] }
  /** What `pg_logical_emit_message` wrote. */
  | { readonly tag: 'message'; readonly prefix: string; readonly content: string }
  /** Types and origins, of no use here. */
  | { readonly tag: 'other' };

/** @throws RangeError when the message is shorter than its format says. */
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
      return { tag: 'insert', oid, new: readTuple(reader) };
    }
    case 'U': {
      const oid = reader.int32();
      let kind = String.fromCharCode(reader.byte());
      let old: Tuple | null = null;
      if (kind !== 'N') {
        const tuple = readTuple(reader);
        if (kind === 'O') old = tuple;
        kind = String.fromCharCode(reader.byte());
      }
      return { tag: 'update', oid, old, new: readTuple(reader) };
    }
    case 'D': {
      const oid = reader.int32();
      const kind = String.fromCharCode(reader.byte());
      const tuple = readTuple(reader);
      return { tag: 'delete', oid, old: kind === 'O' ? tuple : null };
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
  // pg_catalog travels as the empty string.
  return { oid, schema: schema || 'pg_catalog', name, identityFull, columns };
}

function readTuple(reader: Reader): Tuple {
  const count = reader.int16();
  const values = new Array<string | null | undefined>(count);
  for (let index = 0; index < count; index++) {
    const kind = reader.byte();
    if (kind === 0x6e) values[index] = null;
    else if (kind === 0x74) values[index] = reader.text(reader.int32());
    else if (kind === 0x75) values[index] = undefined;
    else throw new RangeError(`A value of the unknown kind ${kind} is in the replication stream.`);
  }
  return values;
}

/** Reads big-endian values one after another. */
class Reader {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  byte(): number {
    return this.#buffer.readUInt8(this.#at++);
  }

  int16(): number {
    this.#at += 2;
    return this.#buffer.readUInt16BE(this.#at - 2);
  }

  int32(): number {
    this.#at += 4;
    return this.#buffer.readUInt32BE(this.#at - 4);
  }

  int64(): bigint {
    this.#at += 8;
    return this.#buffer.readBigUInt64BE(this.#at - 8);
  }

  text(length: number): string {
    this.#at += length;
    return this.#buffer.toString('utf8', this.#at - length, this.#at);
  }

  cString(): string {
    const end = this.#buffer.indexOf(0, this.#at);
    const text = this.#buffer.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return text;
  }
}

/** Committed transactions, put together from the messages of the replication stream. */
import type { PgoutputMessage, Relation } from './pgoutput.ts';

/** A row's values in its relation's order, in Postgres' text format. */
export type Row = readonly (string | null)[];

/** What became of one row: no old row is an insert, no new one a delete. */
export interface RowChange {
  readonly relation: Relation;
  readonly old: Row | null;
  readonly new: Row | null;
  /** 0, 2, 4, … in the transaction; the odd places are for changes that the protocol splits in two. */
  readonly position: number;
}

export interface Transaction {
  /** Of the commit record: the transaction's place in commit order. */
  readonly lsn: bigint;
  /** Past the commit record: what to acknowledge. */
  readonly endLsn: bigint;
  /** The lower 32 bits. */
  readonly xid: number;
  readonly changes: readonly RowChange[];
  /** Of the changes; two for one table when the transaction altered it in between. */
  readonly relations: ReadonlySet<Relation>;
  readonly truncated: readonly Relation[];
  /** Tables where a change came without its whole old row. */
  readonly unusable: readonly Relation[];
  /** Contents of the `pg_logical_emit_message`s of our prefix. */
  readonly messages: readonly string[];
}

/** Prefix of the messages that the engine writes into the log for itself. */
export const MESSAGE_PREFIX = 'ingesthub';

interface Draft {
  readonly lsn: bigint;
  readonly xid: number;
  readonly changes: RowChange[];
  readonly relations: Set<Relation>;
  readonly truncated: Relation[];
  readonly unusable: Relation[];
  readonly messages: string[];
}

export class TransactionAssembler {
  readonly #relations = new Map<number, Relation>();
  #draft: Draft | null = null;

  /** Whether a transaction has begun and not ended. */
  get open(): boolean {
    return this.#draft !== null;
  }

  /** @returns the transaction when the message ends one. */
  add(message: PgoutputMessage): Transaction | null {
    if (message.tag === 'relation') {
      this.#relations.set(message.relation.oid, message.relation);
      return null;
    }
    if (message.tag === 'begin') {
      this.#draft = {
        lsn: message.lsn,
        xid: message.xid,
        changes: [],
        relations: new Set(),
        truncated: [],
        unusable: [],
        messages: [],
      };
      return null;
    }
    const draft = this.#draft;
    if (!draft) return null;
    switch (message.tag) {
      case 'insert':
        this.#change(draft, message.oid, null, message.new as Row);
        break;
      case 'update':
        if (message.old === null) draft.unusable.push(this.#relation(message.oid));
        else this.#change(draft, message.oid, message.old as Row, withUntouched(message.new, message.old as Row));
        break;
      case 'delete':
        if (message.old === null) draft.unusable.push(this.#relation(message.oid));
        else this.#change(draft, message.oid, message.old as Row, null);
        break;
      case 'truncate':
        draft.truncated.push(...message.oids.map((oid) => this.#relation(oid)));
        break;
      case 'message':
        if (message.prefix === MESSAGE_PREFIX) draft.messages.push(message.content);
        break;
      case 'commit':
        this.#draft = null;
        return { ...draft, endLsn: message.endLsn };
      case 'other':
        break;
    }
    return null;
  }

  #change(draft: Draft, oid: number, old: Row | null, row: Row | null): void {
    const relation = this.#relation(oid);
    draft.relations.add(relation);
    draft.changes.push({ relation, old, new: row, position: draft.changes.length * 2 });
  }

  #relation(oid: number): Relation {
    const relation = this.#relations.get(oid);
    if (!relation) throw new Error(`The replication stream changed table ${oid} before it described it.`);
    return relation;
  }
}

/** Fills the TOASTed values that an update left untouched in from the old row, which has them all. */
function withUntouched(row: readonly (string | null | undefined)[], old: Row): Row {
  return row.map((value, index) => (value === undefined ? (old[index] ?? null) : value));
}

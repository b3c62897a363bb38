/** Committed transactions, passed on piecewise as the replication stream delivers them: none has to fit in memory. */
import type { PgoutputMessage, Relation, Row } from './pgoutput.ts';

/** Change of one row: an insert has no old row, a delete no new one. */
export interface RowChange {
  readonly relation: Relation;
  readonly old: Row | null;
  readonly new: Row | null;
  /** 0, 2, 4, … in the transaction; odd positions are for changes that the protocol splits in two. */
  readonly position: number;
}

/** A committed transaction, possibly not fully received yet. */
export interface Transaction {
  /** LSN of the commit record: the transaction's place in commit order. */
  readonly lsn: bigint;
  /** Lower 32 bits of the transaction id. */
  readonly xid: number;
}

/** Receives transactions in commit order, each completely before the next begins. */
export interface TransactionListener {
  begin(transaction: Transaction): void;
  change(transaction: Transaction, change: RowChange): void;
  /** The table's rows are no longer known: it was truncated, or a change came without its whole old row. */
  lose(transaction: Transaction, relation: Relation): void;
  /** @param messages contents of `pg_logical_emit_message` calls with our prefix. */
  commit(transaction: Transaction, messages: readonly string[]): void;
}

/** Prefix of the messages that the engine writes to the log for itself. */
export const MESSAGE_PREFIX = 'ingesthub';

export class TransactionReader {
  readonly #listener: TransactionListener;
  readonly #relations = new Map<number, Relation>();
  #open: Transaction | null = null;
  #position = 0;
  #messages: string[] = [];

  constructor(listener: TransactionListener) {
    this.#listener = listener;
  }

  /** True if a transaction has begun and not ended. */
  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** @returns the position after the commit record, to be acknowledged, when the message ends a transaction. */
  add(message: PgoutputMessage): bigint | null {
    if (message.tag === 'relation') {
      this.#relations.set(message.relation.oid, message.relation);
      return null;
    }
    if (message.tag === 'begin') {
      this.#open = { lsn: message.lsn, xid: message.xid };
      this.#position = 0;
      this.#messages = [];
      this.#listener.begin(this.#open);
      return null;
    }
    const transaction = this.#open;
    if (!transaction) return null;
    switch (message.tag) {
      case 'insert':
        this.#change(transaction, message.oid, null, message.new);
        break;
      case 'update':
      case 'delete':
        if (message.old === null) this.#listener.lose(transaction, this.#relation(message.oid));
        else this.#change(transaction, message.oid, message.old, message.tag === 'update' ? message.new : null);
        break;
      case 'truncate':
        for (const oid of message.oids) this.#listener.lose(transaction, this.#relation(oid));
        break;
      case 'message':
        if (message.prefix === MESSAGE_PREFIX) this.#messages.push(message.content);
        break;
      case 'commit':
        this.#open = null;
        this.#listener.commit(transaction, this.#messages);
        return message.endLsn;
      case 'other':
        break;
    }
    return null;
  }

  #change(transaction: Transaction, oid: number, old: Row | null, row: Row | null): void {
    const change = { relation: this.#relation(oid), old, new: row, position: this.#position };
    this.#position += 2;
    this.#listener.change(transaction, change);
  }

  #relation(oid: number): Relation {
    const relation = this.#relations.get(oid);
    if (!relation) throw new Error(`The replication stream changed table ${oid} before describing it.`);
    return relation;
  }
}

/** Tells when the replication stream has come as far as the database was: a message through the log itself. */
import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { MESSAGE_PREFIX } from './transaction.ts';

export class Fences {
  readonly #sql: Sql;
  readonly #pending = new Map<string, { resolve: () => void; reject: (reason: Error) => void }>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Resolves when every transaction that was visible at the call has come through the stream. */
  async pass(): Promise<void> {
    const token = randomUUID();
    const passed = new Promise<void>((resolve, reject) => this.#pending.set(token, { resolve, reject }));
    try {
      // Transactional: the commit flushes it, also on a database where nothing else happens.
      const sent = this.#sql.unsafe('SELECT pg_logical_emit_message(true, $1::text, $2::text)', [
        MESSAGE_PREFIX,
        token,
      ]);
      await Promise.all([sent, passed]);
    } finally {
      this.#pending.delete(token);
    }
  }

  arrived(tokens: readonly string[]): void {
    for (const token of tokens) this.#pending.get(token)?.resolve();
  }

  fail(reason: Error): void {
    for (const { reject } of this.#pending.values()) reject(reason);
  }
}

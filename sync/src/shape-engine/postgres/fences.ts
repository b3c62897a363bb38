/** Detects when the replication stream has reached the database's current state, by a message through the log. */
import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { MESSAGE_PREFIX } from './transaction.ts';

export class Fences {
  readonly #sql: Sql;
  readonly #pending = new Map<string, { resolve: () => void; reject: (reason: Error) => void }>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Resolves when every transaction visible at the call has passed through the stream. */
  async pass(): Promise<void> {
    const token = randomUUID();
    const passed = new Promise<void>((resolve, reject) => this.#pending.set(token, { resolve, reject }));
    try {
      // Transactional, so that its commit flushes it even on an idle database.
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

/** The writers. Each transaction is one message to Postgres, so that a lost connection loses it as a whole. */
import { setTimeout as delay } from 'node:timers/promises';
import postgres, { type Sql } from 'postgres';
import { randomTransaction } from './changes.ts';
import type { Random } from './random.ts';
import { OWNERS } from './shapes.ts';

/** Number of concurrent writers. */
export const WRITERS = 8;
const LONGEST_PAUSE_MS = 60;

const DEADLOCK = '40P01';
const UNIQUE_VIOLATION = '23505';
/** The server is stopping or starting. */
const INTERVENTION = '57P';

/** Runs a few transactions one after another, with pauses. */
export async function write(sql: Sql, random: Random, transactions: number): Promise<void> {
  for (let count = 0; count < transactions; count++) {
    try {
      await sql.unsafe(randomTransaction(random)).simple();
    } catch (error) {
      expected(error);
      // A failed statement leaves its transaction open, and its locks held.
      await sql.unsafe('ROLLBACK').simple().catch(expected);
    }
    await delay(random(3) === 0 ? random(LONGEST_PAUSE_MS) : 0);
  }
}

/** Accepts errors that a writer may meet: conflicts with others, or an unavailable server. @throws any other error. */
export function expected(error: unknown): void {
  const code = String((error as { code?: unknown }).code);
  const isMet =
    error instanceof postgres.PostgresError
      ? code === DEADLOCK || code === UNIQUE_VIOLATION || code.startsWith(INTERVENTION)
      : /^(CONNECTION_|ECONN|EPIPE)/.test(code);
  if (!isMet) throw error;
}

/**
 * Writes a transaction that is in every shape. A reader up to date with it has all earlier writes.
 *
 * @param round different for each marker.
 */
export async function writeMarker(sql: Sql, round: number): Promise<void> {
  await sql
    .unsafe(`
      INSERT INTO items VALUES
        (-1, 1, true, 'abx', 50, '${OWNERS[0]}', '2026-07-01 00:00:00+00', ${round}, NULL),
        (-2, 0, false, NULL, 50, '${OWNERS[0]}', '2026-07-01 00:00:00+00', ${round}, NULL)
      ON CONFLICT (id) DO UPDATE SET n = excluded.n;
      INSERT INTO pairs VALUES ('a/b', -1, ${10 + (round % 50)})
      ON CONFLICT (kind, n) DO UPDATE SET value = excluded.value`)
    .simple();
}

/**
 * The publication that defines whose changes Postgres sends. It outlives the engine and may be shared by engines: tables
 * are only ever added.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { hasCode, LOCK_NOT_AVAILABLE } from './connection.ts';
import { quoteIdentifier, type TableName } from './identifiers.ts';
import { loadTables, type Table } from './table.ts';

/** Longest time that one attempt may block writers while it waits for earlier ones. */
const LOCK_TIMEOUT_MS = 500;
const ATTEMPTS = 40;
const PAUSE_MS = 500;

const DUPLICATE_OBJECT = '42710';
const UNIQUE_VIOLATION = '23505';

export async function ensurePublication(sql: Sql, publication: string): Promise<void> {
  const [found] = await sql.unsafe('SELECT 1 FROM pg_publication WHERE pubname = $1::text', [publication]);
  if (found) return;
  await sql.unsafe(`CREATE PUBLICATION ${quoteIdentifier(publication)}`).catch((error: unknown) => {
    // Another engine created it first.
    if (!hasCode(error, DUPLICATE_OBJECT, UNIQUE_VIOLATION)) throw error;
  });
}

/**
 * Adds the table to the publication, and makes its log carry whole old rows.
 *
 * @returns the table's new state; null when it does not exist.
 * @throws Error when Postgres rejects the change, or writers hold the table for too long.
 */
export async function publishTable(
  sql: Sql,
  publication: string,
  name: TableName,
  signal: AbortSignal,
): Promise<Table | null> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    const [table] = await loadTables(sql, publication, [name]);
    if (!table || (table.publication !== null && table.identity_full)) return table ?? null;
    // The publication may have been dropped in the meantime.
    await ensurePublication(sql, publication);
    try {
      await change(sql, publication, table);
    } catch (error) {
      if (hasCode(error, LOCK_NOT_AVAILABLE) && attempt < ATTEMPTS) await delay(PAUSE_MS, undefined, { signal });
      else if (!hasCode(error, DUPLICATE_OBJECT)) throw error;
    }
  }
}

/**
 * Waits for the table's writers to finish, and blocks new ones meanwhile. Otherwise, writes that an open transaction made
 * before the change would be in no log, and its commit would come too late for a snapshot.
 */
async function change(sql: Sql, publication: string, table: Table): Promise<void> {
  const name = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
  await sql.begin(async (transaction) => {
    await transaction.unsafe(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    if (table.identity_full) await transaction.unsafe(`LOCK TABLE ${name} IN SHARE ROW EXCLUSIVE MODE`);
    else await transaction.unsafe(`ALTER TABLE ${name} REPLICA IDENTITY FULL`);
    if (table.publication === null)
      await transaction.unsafe(`ALTER PUBLICATION ${quoteIdentifier(publication)} ADD TABLE ${name}`);
  });
}

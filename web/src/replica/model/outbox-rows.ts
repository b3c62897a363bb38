/** Reads and writes the outbox's rows in the replica: see replica.outbox. */
import type { Transaction } from '@electric-sql/pglite';
import { type Mutation, readMutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import { type MutableTable, unpackIds } from '@ingesthub/schema/mutations/mutator.ts';
import { mutatorOf } from '@ingesthub/schema/mutations/mutators.ts';
import { errorCode, type WireError } from '@ingesthub/schema/values/errors.ts';
import type { RejectedMutation } from './replica.ts';

/** A mutation that the server has not confirmed yet. */
export interface PendingMutation {
  readonly mutation: Mutation;
  /** The table of the units that its ids name. */
  readonly table: MutableTable;
  /** References of the shapes that hold the rows it touches. */
  readonly shapes: readonly string[];
  /** Bytes of its arguments as JSON. */
  readonly size: number;
  /** The WAL position of its transaction on the server; null: not known yet. */
  readonly acknowledgedLsn: bigint | null;
}

type Queries = Pick<Transaction, 'query'>;

interface OutboxRow {
  id: string;
  name: string;
  args: string;
  bytes: number;
  shapes: string[];
  acknowledged_lsn: string | null;
}

/** Reads the unconfirmed mutations, oldest first. Rejects any that this build can no longer read. */
export async function readPending(database: Queries): Promise<PendingMutation[]> {
  const { rows } = await database.query<OutboxRow>(`
    SELECT id, name, args::text, octet_length(args::text) AS bytes, shapes, acknowledged_lsn::text
    FROM replica.outbox WHERE error_code IS NULL ORDER BY position`);
  const pending: PendingMutation[] = [];
  for (const row of rows) {
    const call = readMutationCall({ name: row.name, args: JSON.parse(row.args) });
    if (call) {
      const mutation = { ...call, id: row.id } as Mutation;
      const acknowledgedLsn = row.acknowledged_lsn === null ? null : BigInt(row.acknowledged_lsn);
      pending.push({ ...pendingMutation(mutation, row.shapes, row.bytes), acknowledgedLsn });
    } else await rejectUnreadable(database, row.id);
  }
  return pending;
}

/** Returns a pending mutation that the server has not acknowledged. */
export function pendingMutation(mutation: Mutation, shapes: readonly string[], size: number): PendingMutation {
  return { mutation, table: mutatorOf(mutation.name).table, shapes, size, acknowledgedLsn: null };
}

/** @param row.packedIds the ids that it changed here, packed as in ChangeRow (schema/src/mutations/mutator.ts). */
export async function insertPending(
  database: Queries,
  { mutation, shapes }: PendingMutation,
  row: { args: string; packedIds: string; label: string | null },
): Promise<void> {
  await database.query(
    `INSERT INTO replica.outbox (id, name, args, shapes, changed_ids, label)
     VALUES ($1, $2, $3::text::json, $4, $5, $6)`,
    [mutation.id, mutation.name, row.args, shapes, row.packedIds, row.label],
  );
}

/** Records the ids that a split mutation changed as a whole; its own row covers only its first part. */
export async function writeChangedIds(database: Queries, id: string, changed: readonly string[]): Promise<void> {
  await database.query('UPDATE replica.outbox SET changed_ids = $2 WHERE id = $1', [id, changed.join('')]);
}

/** Shortens a mutation to its first part and inserts the second right behind it, ahead of all later ones. */
export async function splitPending(database: Queries, first: Mutation, second: Mutation): Promise<void> {
  const columns = 'id, name, args, created_at, label, shapes, changed_ids, acknowledged_lsn';
  await database.query(
    `WITH whole AS (
       SELECT * FROM replica.outbox WHERE id = $1
     ), later AS (
       DELETE FROM replica.outbox USING whole
       WHERE outbox.position > whole.position AND outbox.error_code IS NULL
       RETURNING outbox.*
     )
     INSERT INTO replica.outbox (${columns})
     SELECT ${columns} FROM (
       SELECT position, $2::uuid AS id, name, $3::text::json AS args, created_at, label, shapes, '' AS changed_ids,
         NULL::bigint AS acknowledged_lsn
       FROM whole
       UNION ALL SELECT position, ${columns} FROM later
     ) AS rows ORDER BY position`,
    [first.id, second.id, JSON.stringify(second.args)],
  );
  await database.query('UPDATE replica.outbox SET args = $2::text::json WHERE id = $1', [
    first.id,
    JSON.stringify(first.args),
  ]);
}

/** @param lsns WAL positions by the mutations' ids. */
export async function acknowledgePending(database: Queries, lsns: ReadonlyMap<string, bigint>): Promise<void> {
  if (lsns.size === 0) return;
  await database.query(
    `UPDATE replica.outbox SET acknowledged_lsn = acknowledged.lsn
     FROM unnest($1::uuid[], $2::text[]::bigint[]) AS acknowledged (id, lsn)
     WHERE outbox.id = acknowledged.id`,
    [[...lsns.keys()], [...lsns.values()].map(String)],
  );
}

export async function rejectPending(database: Queries, id: string, error: WireError): Promise<void> {
  await database.query('UPDATE replica.outbox SET error_code = $2, error_message = $3 WHERE id = $1', [
    id,
    error.code,
    error.message,
  ]);
}

/** Rejects a mutation that this build cannot read, so that people see it and it is not lost. */
export async function rejectUnreadable(database: Queries, id: string): Promise<void> {
  const message = 'This change was made with another version of IngestHub, and this version cannot read it.';
  await rejectPending(database, id, { code: 'invalid_arguments', message });
}

export async function deleteFromOutbox(database: Queries, ids: readonly string[]): Promise<void> {
  await database.query('DELETE FROM replica.outbox WHERE id = ANY ($1::uuid[])', [ids]);
}

/**
 * Returns the ids whose rows an earlier mutation with this id changed; null when there was none. For one that has
 * been settled, and so has left the outbox, returns all ids that it names.
 */
export async function changedIdsOf(database: Queries, { id, args }: Mutation): Promise<string[] | null> {
  const { rows } = await database.query<{ changed_ids: string | null }>(
    `SELECT changed_ids FROM replica.outbox WHERE id = $1
     UNION ALL
     SELECT NULL FROM public.mutations WHERE id = $1
     LIMIT 1`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return row.changed_ids === null ? [...args.ids] : unpackIds(row.changed_ids);
}

export async function readRejected(database: Queries): Promise<RejectedMutation[]> {
  const { rows } = await database.query<{
    id: string;
    name: string;
    args: unknown;
    label: string | null;
    error_code: string;
    error_message: string;
    created_at: Date;
  }>(`
    SELECT id, name, args, label, error_code, error_message, created_at
    FROM replica.outbox WHERE error_code IS NOT NULL ORDER BY position`);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    args: row.args,
    label: row.label,
    error: wireErrorOf(row.error_code, row.error_message),
    createdAt: row.created_at,
  }));
}

/** Removes a rejected mutation from the outbox and returns it; null when it is not there. */
export async function takeRejected(
  database: Queries,
  id: string,
): Promise<{ name: string; args: unknown; label: string | null } | null> {
  const { rows } = await database.query<{ name: string; args: unknown; label: string | null }>(
    'DELETE FROM replica.outbox WHERE id = $1 AND error_code IS NOT NULL RETURNING name, args, label',
    [id],
  );
  return rows[0] ?? null;
}

/** Converts the error in a mutation's row to a WireError; an unknown code becomes `internal`. */
export function wireErrorOf(code: string, message: string | null): WireError {
  const known = errorCode.safeParse(code);
  return { code: known.success ? known.data : 'internal', message: message ?? code };
}

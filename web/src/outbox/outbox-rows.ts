/** The outbox as rows of the replica: see replica.outbox. */
import type { Transaction } from '@electric-sql/pglite';
import { errorCode, type WireError } from '@ingesthub/schema/errors.ts';
import { isMutationName, type Mutation, mutationArgs } from '@ingesthub/schema/mutations.ts';
import type { RejectedMutation } from '../replica/replica.ts';

/** A mutation that the server has not confirmed yet. */
export interface PendingMutation {
  readonly mutation: Mutation;
  /** The assets that it names. */
  readonly ids: ReadonlySet<string>;
  /** References of the shapes that hold the rows it touches. */
  readonly shapes: readonly string[];
  /** The WAL position of its transaction at the server; null: not known yet. */
  readonly acknowledgedLsn: bigint | null;
}

type Queries = Pick<Transaction, 'query'>;

interface OutboxRow {
  id: string;
  name: string;
  args: unknown;
  shapes: string[];
  acknowledged_lsn: string | null;
}

/** In the order in which they were made. What this build cannot read any more is rejected here. */
export async function readPending(database: Queries): Promise<PendingMutation[]> {
  const { rows } = await database.query<OutboxRow>(`
    SELECT id, name, args, shapes, acknowledged_lsn::text FROM replica.outbox WHERE error_code IS NULL ORDER BY position`);
  const pending: PendingMutation[] = [];
  for (const row of rows) {
    const mutation = parseMutation(row);
    if (mutation) pending.push(pendingMutation(mutation, row.shapes, row.acknowledged_lsn));
    else {
      const message = 'This change was made with another version of the app, which this one cannot read.';
      await rejectPending(database, row.id, { code: 'invalid_arguments', message });
    }
  }
  return pending;
}

export function pendingMutation(
  mutation: Mutation,
  shapes: readonly string[],
  acknowledgedLsn: string | null = null,
): PendingMutation {
  return {
    mutation,
    ids: new Set(mutation.args.ids),
    shapes,
    acknowledgedLsn: acknowledgedLsn === null ? null : BigInt(acknowledgedLsn),
  };
}

export async function insertPending(
  database: Queries,
  { mutation, shapes }: PendingMutation,
  changedIds: readonly string[],
): Promise<void> {
  await database.query(
    'INSERT INTO replica.outbox (id, name, args, shapes, changed_ids) VALUES ($1, $2, $3::text::json, $4, $5)',
    [mutation.id, mutation.name, JSON.stringify(mutation.args), shapes, changedIds],
  );
}

export async function acknowledgePending(database: Queries, id: string, lsn: bigint): Promise<void> {
  await database.query('UPDATE replica.outbox SET acknowledged_lsn = $2::text::bigint WHERE id = $1', [
    id,
    lsn.toString(),
  ]);
}

export async function rejectPending(database: Queries, id: string, error: WireError): Promise<void> {
  await database.query('UPDATE replica.outbox SET error_code = $2, error_message = $3 WHERE id = $1', [
    id,
    error.code,
    error.message,
  ]);
}

export async function deleteFromOutbox(database: Queries, ids: readonly string[]): Promise<void> {
  await database.query('DELETE FROM replica.outbox WHERE id = ANY ($1::uuid[])', [ids]);
}

/** The assets that a queued mutation changed; null when the outbox does not know it. */
export async function changedIdsOf(database: Queries, id: string): Promise<string[] | null> {
  const { rows } = await database.query<{ changed_ids: string[] }>(
    'SELECT changed_ids FROM replica.outbox WHERE id = $1',
    [id],
  );
  return rows[0]?.changed_ids ?? null;
}

export async function readRejected(database: Queries): Promise<RejectedMutation[]> {
  const { rows } = await database.query<{
    id: string;
    name: RejectedMutation['name'];
    error_code: string;
    error_message: string;
    created_at: Date;
  }>(`
    SELECT id, name, error_code, error_message, created_at
    FROM replica.outbox WHERE error_code IS NOT NULL ORDER BY position`);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    error: wireErrorOf(row.error_code, row.error_message),
    createdAt: row.created_at,
  }));
}

/** An error as a mutation's row carries it. */
export function wireErrorOf(code: string, message: string | null): WireError {
  const known = errorCode.safeParse(code);
  return { code: known.success ? known.data : 'internal', message: message ?? code };
}

function parseMutation({ id, name, args }: OutboxRow): Mutation | null {
  if (!isMutationName(name)) return null;
  const parsed = mutationArgs[name].safeParse(args);
  return parsed.success ? ({ id, name, args: parsed.data } as Mutation) : null;
}

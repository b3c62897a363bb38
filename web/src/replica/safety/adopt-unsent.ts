/** Adds unsent changes from the journal to a replica whose database was rebuilt without them. */
import type { PGlite, Transaction } from '@electric-sql/pglite';
import { type Mutation, readMutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import { moveLibraryState } from '../model/library-state.ts';
import { readPending, rejectUnreadable } from '../model/outbox-rows.ts';
import type { ReplicatedTables } from '../model/replicated-tables.ts';
import { countTouchedUnits } from '../model/touched-units.ts';
import { makeMutation } from '../write/make-mutation.ts';
import type { JournalMutation, JournalRemains, UnsentChanges } from './unsent-journal.ts';

/**
 * Gives the replica the journal's client id and its mutations, in order and under their original ids, by which the
 * server recognizes those it already has. A mutation that this build cannot read is rejected, not lost.
 *
 * @returns how many mutations the replica lacked.
 */
export async function adoptUnsent(
  database: PGlite,
  tables: ReplicatedTables,
  { client, mutations, remains }: UnsentChanges,
): Promise<number> {
  return database.transaction(async (tx) => {
    await tx.query('UPDATE replica.identity SET client = $1 WHERE client IS DISTINCT FROM $1::uuid', [client]);
    const { rows } = await tx.query<{ id: string }>(
      'SELECT id FROM replica.outbox UNION SELECT id FROM public.mutations',
    );
    const known = new Set(rows.map(({ id }) => id));
    const touched = countTouchedUnits(await readPending(tx));
    const missing = mutations.filter(({ id }) => !known.has(id));
    for (const found of missing) {
      const call = readMutationCall(found);
      if (call === null) {
        await insertUnreadable(tx, found);
        continue;
      }
      const mutation = { ...call, id: found.id } as Mutation;
      const { queued } = await makeMutation(tx, mutation, { tables, touched, label: null });
      touched.add(queued);
      // Rows that have not arrived yet cannot tell which shapes they belong to; the journal can.
      await tx.query(
        'UPDATE replica.outbox SET shapes = ARRAY (SELECT DISTINCT unnest(shapes || $2::text[])) WHERE id = $1',
        [found.id, found.shapes],
      );
    }
    if (missing.length > 0) await moveLibraryState(tx);
    if (remains) await insertRemains(tx, remains);
    return missing.length;
  });
}

async function insertUnreadable(tx: Transaction, { id, name, args }: JournalMutation): Promise<void> {
  await tx.query(
    `INSERT INTO replica.outbox (id, name, args, shapes, changed_ids) VALUES ($1, $2, $3::text::json, '{}', '')`,
    [id, name, JSON.stringify(args)],
  );
  await rejectUnreadable(tx, id);
}

async function insertRemains(tx: Transaction, { rejected, undo, working_set }: JournalRemains): Promise<void> {
  await tx.query(
    `INSERT INTO replica.outbox (id, name, args, created_at, shapes, changed_ids, error_code, error_message)
     SELECT id, name, args, created_at, '{}', '', error_code, error_message
     FROM json_populate_recordset(NULL::replica.outbox, $1::text::json) ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(rejected)],
  );
  await tx.query(
    `INSERT INTO replica.undo_parts (step, state, label, mutation, inverse)
     SELECT step, state, label, mutation, inverse
     FROM json_populate_recordset(NULL::replica.undo_parts, $1::text::json)
     WHERE NOT EXISTS (SELECT FROM replica.undo_parts)`,
    [JSON.stringify(undo)],
  );
  await tx.query(
    `INSERT INTO replica.working_set (project_id, choice, opened_at)
     SELECT project_id, choice, opened_at
     FROM json_populate_recordset(NULL::replica.working_set, $1::text::json) ON CONFLICT (project_id) DO NOTHING`,
    [JSON.stringify(working_set)],
  );
}

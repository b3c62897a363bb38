/** Reads the data that must survive a replica's next version. */
import type { PGlite } from '@electric-sql/pglite';
import { z } from 'zod';
import type { JournalMutation, UnsentChanges } from './unsent-journal.ts';

type Queries = Pick<PGlite, 'query'>;

/** Reads only columns that every version has. @throws when the database is not a replica, or has no client yet. */
export async function readUnsent(database: Queries): Promise<UnsentChanges> {
  const identity = await database.query<{ client: string }>('SELECT client FROM replica.identity');
  const client = z.uuid().parse(identity.rows[0]?.client);
  const { rows: mutations } = await database.query<JournalMutation>(`
    SELECT id, name, args, shapes FROM replica.outbox WHERE error_code IS NULL ORDER BY position`);
  const { rows: rejected } = await database.query<Record<string, unknown>>(`
    SELECT id, name, args, created_at, error_code, error_message
    FROM replica.outbox WHERE error_code IS NOT NULL ORDER BY position`);
  const { rows: undo } = await database
    .query<Record<string, unknown>>(
      'SELECT step, state, label, mutation, inverse FROM replica.undo_parts ORDER BY position',
    )
    // Older versions lack this table.
    .catch(() => ({ rows: [] }));
  const { rows: workingSet } = await database
    .query<Record<string, unknown>>('SELECT project_id, choice, opened_at FROM replica.working_set')
    .catch(() => ({ rows: [] }));
  const { rows: kept } = await database.query<{ id: string }>(
    `SELECT split_part(reference, '=', 2) AS id FROM replica.shapes WHERE reference LIKE 'assets?project=%'`,
  );
  const remains = { rejected, undo, working_set: workingSet, projects: kept.map(({ id }) => id) };
  return { client, mutations, remains };
}

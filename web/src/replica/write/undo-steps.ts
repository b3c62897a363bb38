/** What can be undone and done again, as rows of the replica: see replica.undo_parts. */
import type { Transaction } from '@electric-sql/pglite';
import { type MutationCall, readMutationCall } from '@ingesthub/schema/mutations.ts';
import type { UndoStep } from '../model/replica.ts';

/** `done` is for undo to take back, `undone` for redo. */
export type UndoState = 'done' | 'undone';

/** What one mutation of a step did. */
export interface UndoPart {
  readonly step: string;
  readonly state: UndoState;
  readonly label: string | null;
  readonly mutationId: string;
  /** What takes it back. */
  readonly inverse: readonly MutationCall[];
}

/** A whole step: the calls in the order in which they are to be made. */
export interface TakenStep extends UndoStep {
  readonly calls: readonly MutationCall[];
}

type Queries = Pick<Transaction, 'query'>;

/** Steps that can be undone. */
const MAX_STEPS = 100;

export async function insertPart(database: Queries, part: UndoPart): Promise<void> {
  await database.query(
    `INSERT INTO replica.undo_parts (step, state, label, mutation, inverse)
     VALUES ($1, $2, $3, $4, $5::text::json)`,
    [part.step, part.state, part.label, part.mutationId, JSON.stringify(part.inverse)],
  );
  await database.query(
    `DELETE FROM replica.undo_parts WHERE state = $1 AND step NOT IN (
       SELECT step FROM replica.undo_parts WHERE state = $1 GROUP BY step ORDER BY max(position) DESC LIMIT ${MAX_STEPS}
     )`,
    [part.state],
  );
}

/** Something else was done: what was undone cannot be done again. */
export async function forgetUndone(database: Queries): Promise<void> {
  await database.query(`DELETE FROM replica.undo_parts WHERE state = 'undone'`);
}

/** Mutations that the server refused did nothing that could be taken back. */
export async function forgetMutations(database: Queries, mutationIds: readonly string[]): Promise<void> {
  await database.query('DELETE FROM replica.undo_parts WHERE mutation = ANY ($1::uuid[])', [mutationIds]);
}

/** The step's label when it is there; null when it is not. */
export async function findStep(database: Queries, step: string): Promise<UndoStep | null> {
  const { rows } = await database.query<UndoStep>('SELECT label FROM replica.undo_parts WHERE step = $1 LIMIT 1', [
    step,
  ]);
  return rows[0] ?? null;
}

/** Takes the latest step out of the list; null when there is none. */
export async function takeLatestStep(database: Queries, state: UndoState): Promise<TakenStep | null> {
  const { rows } = await database.query<{ position: number; label: string | null; inverse: unknown[] }>(
    `DELETE FROM replica.undo_parts
     WHERE state = $1
       AND step = (SELECT step FROM replica.undo_parts WHERE state = $1 ORDER BY position DESC LIMIT 1)
     RETURNING position, label, inverse`,
    [state],
  );
  const parts = rows.toSorted((a, b) => b.position - a.position);
  const [latest] = parts;
  if (latest === undefined) return null;
  const calls = parts
    .flatMap(({ inverse }) => inverse.map((call) => readMutationCall(call as { name: string; args: unknown })))
    .filter((call) => call !== null);
  return { label: latest.label, calls };
}

/** What undo would take back, and redo do again. */
export async function readUndo(database: Queries): Promise<{ undo: UndoStep | null; redo: UndoStep | null }> {
  const { rows } = await database.query<UndoStep & { state: UndoState }>(
    'SELECT DISTINCT ON (state) state, label FROM replica.undo_parts ORDER BY state, position DESC',
  );
  const latest = (wanted: UndoState) => {
    const row = rows.find(({ state }) => state === wanted);
    return row ? { label: row.label } : null;
  };
  return { undo: latest('done'), redo: latest('undone') };
}

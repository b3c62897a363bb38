/** Reads and writes the steps for undo and redo, as rows of the replica: see replica.undo_parts. */
import type { Transaction } from '@electric-sql/pglite';
import { type MutationCall, readMutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import type { UndoStep } from '../model/replica.ts';

/** `done`: undo reverses the step. `undone`: redo repeats it. */
export type UndoState = 'done' | 'undone';

/** The effect of one of a step's mutations. */
export interface UndoPart {
  readonly step: string;
  readonly state: UndoState;
  readonly label: string | null;
  readonly mutationId: string;
  /** The calls that reverse the mutation. */
  readonly inverse: readonly MutationCall[];
}

/** A whole step, with the calls in the order in which to apply them. */
export interface TakenStep extends UndoStep {
  readonly calls: readonly MutationCall[];
}

type Queries = Pick<Transaction, 'query'>;

/** The most steps kept for undo, and for redo. */
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

/** Ends redo, because a new mutation was made. */
export async function forgetUndone(database: Queries): Promise<void> {
  await database.query(`DELETE FROM replica.undo_parts WHERE state = 'undone'`);
}

/** Removes rejected mutations from the undo steps: they had no effect to reverse. */
export async function forgetMutations(database: Queries, mutationIds: readonly string[]): Promise<void> {
  await database.query('DELETE FROM replica.undo_parts WHERE mutation = ANY ($1::uuid[])', [mutationIds]);
}

/** Finds a step; null when it does not exist. */
export async function findStep(database: Queries, step: string): Promise<UndoStep | null> {
  const { rows } = await database.query<UndoStep>('SELECT label FROM replica.undo_parts WHERE step = $1 LIMIT 1', [
    step,
  ]);
  return rows[0] ?? null;
}

/** Removes and returns the latest step of a list; null when the list is empty. */
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

/** Reads the next steps for undo and redo. */
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

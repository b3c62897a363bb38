/**
 * Mutations are remembered so that the same id gets the same answer. What they were asked with goes after 30
 * days, which may be megabytes, and the rows after 90; with a row goes its copy in its client's replica.
 */
import { MUTATION_ARGS_DAYS, MUTATION_DAYS } from '@ingesthub/schema/mutations.ts';
import { firstUuidOf } from '@ingesthub/schema/uuid-time.ts';
import type { Sql } from 'postgres';

/** Rows to one transaction; the arguments of each may be four megabytes, and go through the log. */
const BATCHES = { args: 50, rows: 2000 };
/** Rows stay this much longer than ids are taken: the clocks of Postgres and the servers need not agree. */
const MARGIN_HOURS = 1;

/** @returns how many rows went, or lost their arguments. */
export async function purgeMutations(sql: Sql, signal: AbortSignal): Promise<number> {
  const steps = [
    () => sql`
      UPDATE mutations SET args = NULL
      WHERE id IN (
        SELECT id FROM mutations
        WHERE args IS NOT NULL AND created_at < now() - make_interval(days => ${MUTATION_ARGS_DAYS})
        LIMIT ${BATCHES.args})`,
    // By the id's own time too: one from a clock that is ahead can still come again.
    () => sql`
      DELETE FROM mutations
      WHERE id IN (
        SELECT id FROM mutations
        WHERE created_at < now() - make_interval(days => ${MUTATION_DAYS}, hours => ${MARGIN_HOURS})
          AND (id < ${firstForgotten()} OR substr(id::text, 15, 1) <> '7')
        LIMIT ${BATCHES.rows})`,
  ];
  let purged = 0;
  for (const step of steps) {
    for (let rows = 1; rows > 0; purged += rows) {
      signal.throwIfAborted();
      rows = (await step()).count;
    }
  }
  return purged;
}

function firstForgotten(): string {
  const hours = MUTATION_DAYS * 24 + MARGIN_HOURS;
  return firstUuidOf(new Date(Date.now() - hours * 3600 * 1000));
}

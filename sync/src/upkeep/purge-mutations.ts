/**
 * Mutations are remembered so that the same id gets the same answer. Their arguments, which may be megabytes, are removed
 * after 30 days, and their rows after 90; removing a row also removes its copy from its client's replica.
 */
import { MUTATION_ARGS_DAYS, MUTATION_DAYS } from '@ingesthub/schema/mutations/mutations.ts';
import { firstUuidOf } from '@ingesthub/schema/values/uuid-time.ts';
import type { Sql } from 'postgres';

/** Rows per transaction; one row's arguments may take four megabytes, all of which pass through the log. */
const BATCHES = { args: 50, rows: 2000 };
/** Hours that rows outlive the acceptance of their ids: the clocks of Postgres and the servers may differ. */
const MARGIN_HOURS = 1;

/** @returns the number of rows removed or stripped of their arguments. */
export async function purgeMutations(sql: Sql, signal: AbortSignal): Promise<number> {
  const steps = [
    () => sql`
      UPDATE mutations SET args = NULL
      WHERE id IN (
        SELECT id FROM mutations
        WHERE args IS NOT NULL AND created_at < now() - make_interval(days => ${MUTATION_ARGS_DAYS})
        LIMIT ${BATCHES.args})`,
    // Checks the id's own time too: an id from a clock that is ahead can still be sent again.
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

/** `ihub pause`, `ihub resume` and `ihub cancel`: hold or release runs. */
import type { RunHold } from '@ingesthub/schema/library/vocabulary.ts';
import type { Sql } from '../../sql/client.ts';
import { findPackages, findRuns, type NamedRun } from '../../sql/find-by-name.ts';
import { asPerson, mutate } from '../context/as-person.ts';
import type { Command } from '../context/command-context.ts';
import { CommandError } from '../context/command-error.ts';
import { findPackage, isId } from '../context/find-package.ts';
import { withDatabase } from '../context/with-database.ts';

const ENDED: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled']);

/** @param held null: the run continues. */
export function holdCommand(held: RunHold | null): Command {
  return async ({ argument }, { output }) => {
    const runs = await withDatabase(async (sql) => {
      const found = await runsOf(sql, argument ?? '');
      const ids = found.map(({ id }) => id);
      await asPerson(sql, (session) => mutate(session, { name: 'runs.hold', args: { ids, held } }));
      return (await Promise.all(ids.map((id) => findRuns(sql, { id })))).flat();
    });
    const done = held === null ? 'continues' : held === 'paused' ? 'is paused' : 'is being cancelled';
    output.result(
      { runs },
      runs.map((run) => `${run.package} ${ENDED.has(run.status) ? `is ${run.status}` : done} (run ${run.id}).`),
    );
  };
}

/** @throws CommandError when no run matches or the run has ended. */
async function runsOf(sql: Sql, key: string): Promise<NamedRun[]> {
  if (isId(key)) {
    const [run] = await findRuns(sql, { id: key });
    if (run !== undefined) {
      if (ENDED.has(run.status)) throw new CommandError('conflict', `That run has already ended: ${run.status}.`);
      return [run];
    }
    if ((await findPackages(sql, { id: key })).length === 0) {
      throw new CommandError('not_found', `No run or package has the id ${key}.`);
    }
  }
  const found = await findPackage(sql, key);
  const runs = await findRuns(sql, { packageIds: [found.id] });
  if (runs.length === 0) throw new CommandError('not_found', `${found.name} has no unfinished run.`);
  return runs;
}

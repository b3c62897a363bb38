/** Requests runs of packages and follows them one after another, though they run in parallel. */
import type { RunOptions } from '@ingesthub/schema/library/run-options.ts';
import type { Sql } from '../../sql/client.ts';
import type { RunReport } from '../../sql/reports.ts';
import { asPerson } from '../context/as-person.ts';
import type { CommandContext } from '../context/command-context.ts';
import { plural } from '../terminal/text-table.ts';
import { followRun } from './follow-run.ts';
import { requestRun } from './start-runs.ts';

export interface WantedRun {
  readonly packageId: string;
  readonly projectId: string;
  /** The package's name. */
  readonly name: string;
  readonly options: RunOptions;
}

export async function runAll(
  sql: Sql,
  wanted: readonly WantedRun[],
  { wait, nothing, context }: { wait: boolean; nothing: string; context: CommandContext },
): Promise<void> {
  const { output, setFailed } = context;
  const started = await start(sql, wanted);
  if (!wait || started.length === 0) {
    const runs = started.map(({ id, name }) => ({ run: { id, status: 'queued' }, package: { name } }));
    const lines = started.map(({ id, name }) => `${name} is queued as run ${id}.`);
    output.result({ runs }, started.length === 0 ? [nothing] : lines);
    return;
  }
  const reports: RunReport[] = [];
  for (const { id, name } of started) {
    const { report } = await followRun(sql, { id, package: name }, context);
    reports.push(report);
  }
  if (reports.some(({ run }) => run.status !== 'done')) setFailed();
  output.result({ runs: reports }, reports.map(reportLine));
}

function reportLine({ run, package: { name }, assets }: RunReport): string {
  if (run.status !== 'done') return `${name}: ${run.status}${run.problem === null ? '' : `, ${run.problem}`}`;
  const problems = assets.with_problems === 0 ? '' : `, ${assets.with_problems} with a problem`;
  const also = run.problem === null ? '' : `; ${run.problem}`;
  return `${name}: done, ${plural(assets.total, 'asset')}${problems}${also}`;
}

/** Requests all runs, or none. */
async function start(sql: Sql, wanted: readonly WantedRun[]): Promise<{ id: string; name: string }[]> {
  if (wanted.length === 0) return [];
  return asPerson(sql, async (session) => {
    const started: { id: string; name: string }[] = [];
    for (const { packageId, projectId, name, options } of wanted) {
      const id = await requestRun(session, { packageId, projectId, options });
      started.push({ id, name });
    }
    return started;
  });
}

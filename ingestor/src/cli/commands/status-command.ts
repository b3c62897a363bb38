/** `ihub status`: shows all current activity at a glance. */
import { listIngestors } from '../../sql/ingestors.ts';
import { listProblems, listRoots, listRuns, readTotals, readWaiting } from '../../sql/reports.ts';
import type { Command } from '../context/command-context.ts';
import { withDatabase } from '../context/with-database.ts';
import { plural } from '../terminal/text-table.ts';

const SHOWN = 20;
const ENDED = new Set(['done', 'failed', 'cancelled']);

export const statusCommand: Command = async (_given, { output }) => {
  const document = await withDatabase(async (sql) => {
    const ingestors = (await listIngestors(sql)).map(
      ({ host, alive, version, media_roots, tools, problem, started_at, seen_at }) => ({
        host,
        alive,
        version,
        media_roots,
        tools,
        problem,
        started_at,
        seen_at,
      }),
    );
    const { runs, assets } = await readTotals(sql);
    return {
      ingestors,
      roots: await listRoots(sql),
      runs,
      active_runs: (await listRuns(sql)).filter(({ status }) => !ENDED.has(status)),
      queues: Object.fromEntries((await readWaiting(sql)).map(({ kind, waiting }) => [kind, waiting])),
      assets,
      problems: await listProblems(sql),
    };
  });
  output.result(document, statusLines(document));
};

export interface StatusDocument {
  readonly ingestors: readonly { host: string; alive: boolean; media_roots: string[]; problem: string | null }[];
  readonly roots: readonly { host: string; path: string; problem: string | null }[];
  readonly runs: { queued: number; active: number; done: number; failed: number; cancelled: number };
  readonly active_runs: readonly {
    package: string;
    status: string;
    held: string | null;
    files_found: number;
    assets_registered: number;
  }[];
  readonly queues: Readonly<Record<string, number>>;
  readonly assets: { total: number; pending: number; with_problems: number; missing: number };
  readonly problems: readonly { of: string; name: string; problem: string }[];
}

export function statusLines(document: StatusDocument): string[] {
  const { ingestors, roots, runs, active_runs, queues, assets, problems } = document;
  const waiting = Object.entries(queues).filter(([, count]) => count > 0);
  return [
    ...(ingestors.length === 0 ? ['No ingestor has run yet.'] : []),
    ...ingestors.map(
      ({ host, alive, media_roots }) => `${host}: ${alive ? 'alive' : 'not running'}, reads ${media_roots.join(', ')}`,
    ),
    ...roots.map(({ host, path, problem }) => `  ${path} on ${host}: ${problem ?? 'watched'}`),
    `Runs: ${runs.queued} queued, ${runs.active} active, ${runs.done} done, ${runs.failed} failed, ${runs.cancelled} cancelled`,
    ...active_runs
      .slice(0, SHOWN)
      .map(
        ({ package: name, status, held, files_found, assets_registered }) =>
          `  ${name}: ${held ?? status}, ${plural(files_found, 'file')}, ${plural(assets_registered, 'asset')}`,
      ),
    ...(active_runs.length > SHOWN ? [`  … and ${active_runs.length - SHOWN} more (ihub list runs)`] : []),
    `Waiting work: ${waiting.length === 0 ? 'none' : waiting.map(([kind, count]) => `${count} ${kind}`).join(', ')}`,
    `${plural(assets.total, 'asset')}: ${assets.pending} being worked on, ${assets.with_problems} with a problem, ${assets.missing} not on disk`,
    ...(problems.length === 0 ? [] : ['Problems:']),
    ...problems.slice(0, SHOWN).map(({ of, name, problem }) => `  ${of} ${name}: ${problem}`),
    ...(problems.length > SHOWN ? [`  … and ${problems.length - SHOWN} more (--json lists all)`] : []),
  ];
}

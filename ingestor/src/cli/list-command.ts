/** `ihub list` and `ihub status`. */

import type { Sql } from '../sql/client.ts';
import { listIngestors } from '../sql/ingestors.ts';
import { listPackages, listProjects, listSubjects, readTotals } from '../sql/reports.ts';
import type { Listed } from './arguments.ts';
import { type Output, plural, table } from './output.ts';

export async function listCommand(what: Listed, sql: Sql, output: Output): Promise<void> {
  const rows = await { projects: listProjects, subjects: listSubjects, packages: listPackages }[what](sql);
  const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== 'id');
  output.result(
    { [what]: rows },
    rows.length === 0
      ? [`There are no ${what} yet.`]
      : table(
          columns.map((column) => column.replaceAll('_', ' ')),
          rows.map((row) => columns.map((column) => format((row as Record<string, unknown>)[column]))),
        ),
  );
}

export async function statusCommand(sql: Sql, output: Output): Promise<void> {
  const ingestors = (await listIngestors(sql)).map(({ host, alive, version, media_roots, tools, seen_at }) => ({
    host,
    alive,
    version,
    media_roots,
    tools,
    seen_at,
  }));
  const { runs, assets } = await readTotals(sql);
  output.result({ ingestors, runs, assets }, [
    ...(ingestors.length === 0 ? ['No ingestor has run yet.'] : []),
    ...ingestors.map(
      ({ host, alive, media_roots }) => `${host}: ${alive ? 'alive' : 'not running'}, reads ${media_roots.join(', ')}`,
    ),
    `Runs: ${runs.queued} queued, ${runs.active} active, ${runs.done} done, ${runs.failed} failed`,
    `${plural(assets.total, 'asset')}: ${assets.pending} being worked on, ${assets.with_problems} with a problem, ${assets.missing} not on disk`,
  ]);
}

function format(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

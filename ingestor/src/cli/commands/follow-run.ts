/** Watches a run until it ends, by reading its rows. */
import { setTimeout as delay } from 'node:timers/promises';
import type { RunRow } from '@ingesthub/schema/library/rows.ts';
import type { Sql } from '../../sql/client.ts';
import { listIngestors } from '../../sql/ingestors.ts';
import { type RunReport, readPackageWork, readRunReport, type WorkReport } from '../../sql/reports.ts';
import { findRun } from '../../sql/runs.ts';
import { CommandError } from '../context/command-error.ts';
import { outlastOutage } from '../context/outlast-outage.ts';
import type { Output } from '../terminal/output.ts';
import type { RunView } from '../terminal/run-view.ts';

const POLL_MS = 250;
/** Counting a large package's assets costs more than reading its run's row. */
const COUNT_MS = 1000;

/** Names of the derivatives to report; probes are left out. */
const NOUNS: Readonly<Record<string, string>> = {
  thumbnail: 'thumbnails',
  proxy: 'proxies',
  sprite: 'sprites',
  waveform: 'waveforms',
};

/**
 * Returns a run and its report once the run is done, failed or cancelled. Waits while the database is away for a
 * short time.
 *
 * @throws CommandError when the run was deleted, or the database stays away.
 */
export async function followRun(
  sql: Sql,
  run: { id: string; package: string },
  { output, signal }: { output: Output; signal: AbortSignal },
): Promise<{ run: RunRow; report: RunReport }> {
  let countedAt = Number.NEGATIVE_INFINITY;
  let work: WorkReport[] = [];
  let waitsFor: string | null = null;
  let seen: RunRow | null = null;
  const onAway = () => {
    const waits = 'the database does not answer; the run continues when it does';
    if (seen !== null) output.progress(viewOf(seen, run.package, work, waits, performance.now()));
  };
  const look = async () => {
    const row = await findRun(sql, run.id);
    if (row === null) throw new CommandError('not_found', 'The run was deleted.');
    const at = performance.now();
    if (at - countedAt >= COUNT_MS) {
      work = await readPackageWork(sql, row.package_id);
      const hasIngestor = (await listIngestors(sql)).some(({ alive }) => alive);
      const waiting = row.status === 'queued' ? row.problem : null;
      waitsFor = hasIngestor ? waiting : 'no ingestor is running; the run continues when one starts';
      countedAt = at;
    }
    return row;
  };
  try {
    for (;;) {
      const row = await outlastOutage(look, { signal, onAway });
      seen = row;
      const ended = row.status === 'done' || row.status === 'failed' || row.status === 'cancelled';
      if (!ended || row.status === 'done') output.progress(viewOf(row, run.package, work, waitsFor, performance.now()));
      if (ended) {
        return { run: row, report: await outlastOutage(() => readRunReport(sql, row), { signal, onAway }) };
      }
      await delay(POLL_MS, undefined, { signal });
    }
  } finally {
    output.progress(null);
  }
}

function viewOf(row: RunRow, name: string, work: readonly WorkReport[], waitsFor: string | null, at: number): RunView {
  return {
    run: row.id,
    package: name,
    status: row.status,
    held: row.held,
    filesFound: row.files_found,
    assetsRegistered: row.assets_registered,
    assetsFailed: row.assets_failed,
    work: work.flatMap(({ kind, pending, done, failed }) => {
      const noun = NOUNS[kind];
      return noun === undefined ? [] : [{ kind: noun, done, failed, total: pending + done + failed }];
    }),
    waitsFor,
    at,
  };
}

/** Watches a run to its end: what its rows say is all there is to know. */
import { setTimeout as delay } from 'node:timers/promises';
import type { RunRow } from '@ingesthub/schema/rows.ts';
import type { Sql } from '../sql/client.ts';
import { listIngestors } from '../sql/ingestors.ts';
import { readPackageWork, type WorkReport } from '../sql/reports.ts';
import { findRun } from '../sql/runs.ts';
import { CommandError } from './command-error.ts';
import type { Output } from './output.ts';
import type { RunView } from './progress/run-view.ts';

const POLL_MS = 250;
/** Counting a large package's assets costs more than reading its run's row. */
const COUNT_MS = 1000;

/** Derivatives in words; a probe is no news. */
const NOUNS: Readonly<Record<string, string>> = {
  thumbnail: 'thumbnails',
  proxy: 'proxies',
  sprite: 'sprites',
  waveform: 'waveforms',
};

/** @returns the run as it ended: done, failed or cancelled. @throws CommandError when it was deleted. */
export async function followRun(
  sql: Sql,
  run: { id: string; package: string },
  { output, signal }: { output: Output; signal: AbortSignal },
): Promise<RunRow> {
  let countedAt = Number.NEGATIVE_INFINITY;
  let work: WorkReport[] = [];
  let waitsFor: string | null = null;
  try {
    for (;;) {
      signal.throwIfAborted();
      const row = await findRun(sql, run.id);
      if (row === null) throw new CommandError('not_found', 'The run was deleted.');
      const at = performance.now();
      if (at - countedAt >= COUNT_MS) {
        countedAt = at;
        work = await readPackageWork(sql, row.package_id);
        const somebodyWorks = (await listIngestors(sql)).some(({ alive }) => alive);
        waitsFor = somebodyWorks ? null : 'no ingestor is running; it goes on when one is';
      }
      const ended = row.status === 'done' || row.status === 'failed' || row.status === 'cancelled';
      if (!ended || row.status === 'done') output.progress(viewOf(row, run.package, work, waitsFor, at));
      if (ended) return row;
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

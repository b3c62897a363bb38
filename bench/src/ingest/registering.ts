/** Measures how fast a folder of many files is registered, and the cost of rescanning it unchanged. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Figure, Results } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { repeat } from '../measure/repeat.ts';
import { MemorySamples, type ProductRun, startProductRun } from './product-run.ts';
import { findLs } from './scan-tree.ts';

export interface RegisteringOptions {
  readonly files: number;
  readonly rescans: number;
}

const FILES_TO_A_FOLDER = 500;

/**
 * Uses documents, which have no derivatives, so that only registration is measured. Rescan times run from the run's
 * start to its end.
 */
export async function registeringBenchmark({ files, rescans }: RegisteringOptions): Promise<Results> {
  await using run = await startProductRun((media) => writeDocuments(path.join(media, 'delivery'), files));
  using memory = new MemorySamples(run);
  const delivery = path.join(run.media, 'delivery');
  await run.ihub('ingest', delivery, '--project', 'Bench', '--type', 'vfx', '--no-wait', '--json');
  await run.until((sql) => sql`SELECT bool_and(status = 'done') AS seen FROM runs`);
  const seconds = await lastRunSeconds(run);
  const [counted] = await run.sql<{ assets: number }[]>`SELECT count(*)::integer AS assets FROM assets`;
  if (counted?.assets !== files) throw new Error(`${counted?.assets} of ${files} files were registered`);

  const times = await repeat(rescans, async () => {
    const find = await findLs(run.media);
    await run.sql`
      INSERT INTO runs (id, project_id, package_id, options)
      SELECT gen_random_uuid(), project_id, id, '{"unattended": true}' FROM packages`;
    await run.until((sql) => sql`SELECT bool_and(status = 'done') AS seen FROM runs`);
    return { find, rescan: (await lastRunSeconds(run)) * 1000 };
  });
  const median = (what: 'find' | 'rescan') =>
    percentile(
      times.map((time) => time[what]),
      0.5,
    );
  const rescan = (value: number): Figure => ({ what: 'unchanged, p50', value, unit: 'ms', target: { ofRival: 2 } });
  return new Map([
    [
      'ingesthub',
      [
        { what: 'files per second', value: files / seconds, unit: '', target: { atLeast: 5000 } },
        rescan(median('rescan')),
        { what: 'memory at most', value: Math.max(...memory.samples) / 1e6, unit: 'MB' },
        { what: 'memory at the end', value: (memory.samples.at(-1) ?? 0) / 1e6, unit: 'MB' },
      ],
    ],
    ['find -ls', [rescan(median('find'))]],
  ]);
}

/** Returns the seconds from an ingestor's start on the last run to its end, according to the run's row. */
async function lastRunSeconds({ sql }: ProductRun): Promise<number> {
  const [row] = await sql<{ seconds: number }[]>`
    SELECT extract(epoch FROM finished_at - started_at)::float8 AS seconds FROM runs ORDER BY started_at DESC LIMIT 1`;
  return row?.seconds ?? Number.NaN;
}

async function writeDocuments(folder: string, files: number): Promise<void> {
  for (let start = 0; start < files; start += FILES_TO_A_FOLDER) {
    const below = path.join(folder, `reel_${String(start / FILES_TO_A_FOLDER).padStart(4, '0')}`);
    await mkdir(below, { recursive: true });
    await Promise.all(
      Array.from({ length: Math.min(FILES_TO_A_FOLDER, files - start) }, (_, index) =>
        writeFile(
          path.join(below, `take_${String(start + index).padStart(6, '0')}.xml`),
          `<take id="${start + index}"/>`,
        ),
      ),
    );
  }
}

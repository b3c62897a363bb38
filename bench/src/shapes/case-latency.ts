/** Measures the time from commit to parsed message at 50 writes per second, writer and reader in this process. */
import { setTimeout } from 'node:timers/promises';
import type { Sql } from 'postgres';
import type { Figure } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { readShape } from '../measure/read-shape.ts';
import { type Committed, commitTimed, TABLE } from './bench-table.ts';
import type { Contender } from './contender.ts';
import { followShape, type LiveMode } from './follow-shape.ts';
import { monotonicMs } from './monotonic-ms.ts';

const WRITES = 600;
const WRITES_A_SECOND = 50;
/** Discarded while compilers and caches warm up. */
const DISCARDED = 50;
const TIMEOUT_MS = 60_000;

export async function latencyCase(contender: Contender, mode: LiveMode): Promise<Figure[]> {
  const { sql } = contender;
  const url = contender.shapeUrl();
  await contender.phase(`${WRITES_A_SECOND} writes/s, ${mode}`);
  const { end } = await readShape(url);
  const [row] = await sql.unsafe<{ id: string }[]>(`SELECT id FROM ${TABLE} LIMIT 1`);
  if (!row) throw new Error('The table is empty.');

  const run = `${mode} ${monotonicMs()}`;
  const seen = new Map<string, number>();
  const done = new AbortController();
  const signal = AbortSignal.any([done.signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const writing = write(sql, row.id, run, signal);
  try {
    await read();
    return figures(await writing, seen);
  } finally {
    done.abort();
    await writing;
  }

  async function read(): Promise<void> {
    for await (const messages of followShape(mode, url, end, signal)) {
      const now = monotonicMs();
      for (const { value } of messages) {
        const status = value?.['review_status'];
        if (status?.startsWith(run)) seen.set(status, now);
      }
      if (seen.size === WRITES) return;
    }
    throw new Error(`The reader saw ${seen.size} of ${WRITES} writes in ${TIMEOUT_MS / 1000} s.`);
  }
}

/** Writes until done or aborted. @returns the commit times by the value written. */
async function write(sql: Sql, id: string, run: string, signal: AbortSignal): Promise<Map<string, Committed>> {
  const commits = new Map<string, Committed>();
  const started = monotonicMs();
  for (let n = 0; n < WRITES && !signal.aborted; n++) {
    await setTimeout(Math.max(0, started + (n * 1000) / WRITES_A_SECOND - monotonicMs()));
    const status = `${run} ${n}`;
    commits.set(status, await commitTimed(sql, `UPDATE ${TABLE} SET review_status = $1 WHERE id = $2`, [status, id]));
  }
  return commits;
}

function figures(commits: ReadonlyMap<string, Committed>, seen: ReadonlyMap<string, number>): Figure[] {
  const samples = [...commits].slice(DISCARDED).flatMap(([status, { sent, answered }]) => {
    const arrived = seen.get(status);
    return arrived === undefined ? [] : [{ sinceSent: arrived - sent, sinceAnswered: arrived - answered }];
  });
  const shares = [0.5, 0.95, 0.99];
  return [
    ...shares.map((share) => ({
      what: `COMMIT sent -> message parsed, p${share * 100}`,
      value: percentile(
        samples.map(({ sinceSent }) => sinceSent),
        share,
      ),
      unit: 'ms' as const,
      ...(share === 0.5 && { target: { atMost: 5 } }),
    })),
    ...shares.map((share) => ({
      what: `COMMIT answered -> message parsed, p${share * 100}`,
      value: percentile(
        samples.map(({ sinceAnswered }) => sinceAnswered),
        share,
      ),
      unit: 'ms' as const,
    })),
  ];
}

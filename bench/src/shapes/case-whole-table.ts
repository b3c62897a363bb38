/** Measures a change of every row in one transaction, then disk and memory use afterwards. */

import type { Figure } from '../measure/figures.ts';
import { readShape } from '../measure/read-shape.ts';
import { updateRows } from './bench-table.ts';
import type { Contender } from './contender.ts';
import { monotonicMs } from './monotonic-ms.ts';

/** Time for which the curves continue after the last message, to show the engine's background work. */
const AFTERWARDS_MS = 15_000;

export async function wholeTableCase(contender: Contender, rows: number): Promise<Figure[]> {
  const url = contender.shapeUrl();
  const { end } = await readShape(url);
  await contender.phase('update of all rows');
  const { sent } = await updateRows(contender.sql, rows);
  await contender.phase('catch-up');
  const caughtUp = await readShape(url, { from: end, live: true, count: true });
  const seconds = (monotonicMs() - sent) / 1000;
  if (caughtUp.messages !== rows)
    throw new Error(`The update came as ${caughtUp.messages} row messages, the table has ${rows} rows.`);
  if (contender.watch) {
    await contender.phase('afterwards, compaction');
    await new Promise((resolve) => setTimeout(resolve, AFTERWARDS_MS));
  }
  return [
    { what: 'COMMIT sent -> all messages with one reader', value: seconds, unit: 's' },
    { what: 'the same in rows', value: rows / seconds, unit: 'rows/s' },
    { what: 'the same on the wire', value: caughtUp.bytes / 1e6 / seconds, unit: 'MB/s' },
  ];
}

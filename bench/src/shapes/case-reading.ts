/** Measures reading a shape's first snapshot, then rereading its log. */

import type { Figure } from '../measure/figures.ts';
import { type Reading, readShape } from '../measure/read-shape.ts';
import type { Contender } from './contender.ts';

const READERS = 4;

export async function readingCase(contender: Contender, rows: number): Promise<Figure[]> {
  const url = contender.shapeUrl();
  await contender.phase('first snapshot');
  const first = await readShape(url);
  await contender.phase('read again');
  const logged = await readShape(url);
  const figures = [
    ...throughput('first snapshot', rows, first, { atLeast: 25_000 }),
    ...throughput('read again', rows, logged, { atLeast: 72_500 }),
  ];
  await contender.phase(`read again by ${READERS} at once`);
  const started = performance.now();
  const all = await Promise.all(Array.from({ length: READERS }, () => readShape(url)));
  const seconds = (performance.now() - started) / 1000;
  const bytes = all.reduce((sum, reading) => sum + reading.bytes, 0);
  figures.push(...throughput(`read again by ${READERS} at once, together`, READERS * rows, { seconds, bytes }));

  const { messages } = await readShape(url, { count: true });
  if (messages !== rows) throw new Error(`The shape has ${messages} row messages, the table ${rows} rows.`);
  return figures;
}

function throughput(
  what: string,
  rows: number,
  { seconds, bytes }: Pick<Reading, 'seconds' | 'bytes'>,
  target?: NonNullable<Figure['target']>,
): Figure[] {
  return [
    { what, value: rows / seconds, unit: 'rows/s', ...(target && { target }) },
    { what: `${what}, on the wire`, value: bytes / 1e6 / seconds, unit: 'MB/s' },
  ];
}

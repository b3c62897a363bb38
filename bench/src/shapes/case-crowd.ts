/** Measures how one transaction reaches many live readers. */

import type { Figure } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { readShape } from '../measure/read-shape.ts';
import { updateRows } from './bench-table.ts';
import type { Contender } from './contender.ts';
import { Crowd } from './crowd.ts';
import type { LiveMode } from './follow-shape.ts';

const LARGE_UPDATE = 10_000;
const LARGE_ROUNDS = 3;
const FAN_OUT_READERS = 1000;
const FAN_OUT_ROUNDS = 20;

/** Measures when a typical and the last reader have a 10,000-row update's last byte: the median of three rounds. */
export async function largeUpdateCase(contender: Contender, readers: number): Promise<Figure[]> {
  await contender.phase(`${LARGE_UPDATE} rows to ${readers}`);
  const rounds = await receiveRounds(contender, {
    readers,
    mode: 'long poll',
    rows: LARGE_UPDATE,
    rounds: LARGE_ROUNDS,
  });
  return [
    { what: 'reader p50', value: median(rounds.map((delays) => percentile(delays, 0.5))), unit: 'ms' },
    {
      what: 'last reader',
      value: median(rounds.map((delays) => Math.max(...delays))),
      unit: 'ms',
      ...(readers === 1 && { target: { atMost: 600 } }),
    },
  ];
}

/** Measures one row sent to 1,000 readers, over all readers and rounds. */
export async function fanOutCase(contender: Contender, mode: LiveMode): Promise<Figure[]> {
  await contender.phase(`1 row to ${FAN_OUT_READERS}, ${mode}`);
  const rounds = await receiveRounds(contender, { readers: FAN_OUT_READERS, mode, rows: 1, rounds: FAN_OUT_ROUNDS });
  const delays = rounds.flat();
  return [
    { what: 'p50', value: percentile(delays, 0.5), unit: 'ms' },
    { what: 'p99', value: percentile(delays, 0.99), unit: 'ms' },
    { what: 'last reader', value: Math.max(...delays), unit: 'ms' },
  ];
}

interface Rounds {
  readonly readers: number;
  readonly mode: LiveMode;
  /** Rows per transaction. */
  readonly rows: number;
  readonly rounds: number;
}

/** @returns by round, every reader's time from sending COMMIT to its last byte, without the first, cold round. */
async function receiveRounds(contender: Contender, { readers, mode, rows, rounds }: Rounds): Promise<number[][]> {
  const url = contender.shapeUrl();
  const { handle, offset } = (await readShape(url)).end;
  if (handle === null) throw new Error('The shape has no handle.');
  using crowd = await Crowd.gather({ url: url.href, handle, offset, readers, mode });
  const delays: number[][] = [];
  for (let round = 0; round <= rounds; round++) {
    let sent = 0;
    const received = await crowd.receive(async () => {
      ({ sent } = await updateRows(contender.sql, rows));
    });
    delays.push(received.map((time) => time - sent));
  }
  return delays.slice(1);
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

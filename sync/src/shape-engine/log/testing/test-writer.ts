/**
 * A process to be killed: continues a seed's workload in a folder's store, and prints the LSN of each transaction once it
 * is committed. Arguments: folder, seed, and whether to compact as well.
 */
import { writeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ShapeStore } from '../shape-store.ts';
import { Workload, write } from './test-workload.ts';

const [folder = '', seed = '1', compacts] = process.argv.slice(2);
const limits = { segmentBytes: 50_000, markBytes: 2_000 };
const store = await ShapeStore.open(folder, { ...limits, confirmedLsn: 2n ** 63n });
let log = store.found[0]?.log;
if (!log) {
  log = store.create('1-1');
  await log.finish({});
}
const workload = new Workload(Number(seed));
for (let round = 0; ; round++) {
  // The log discards transactions that it already has: Postgres, too, resends more than necessary.
  const transaction = workload.transaction();
  write(log, transaction);
  writeSync(1, `${transaction[0]?.offset.lsn}\n`);
  if (compacts === 'true' && round % 20 === 0) void log.compact();
  if (round % 10 === 0) void store.sync();
  await nextTurn();
}

/**
 * A process to be killed: goes on with the workload of a seed in the store of a folder, and prints the LSN of each
 * transaction once it is committed. Arguments: folder, seed, whether it compacts, too.
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
  // What the log has already is forgotten by it: Postgres, too, sends more than is needed.
  const transaction = workload.transaction();
  write(log, transaction);
  writeSync(1, `${transaction[0]?.offset.lsn}\n`);
  if (compacts === 'true' && round % 20 === 0) void log.compact();
  if (round % 10 === 0) void store.sync();
  await nextTurn();
}

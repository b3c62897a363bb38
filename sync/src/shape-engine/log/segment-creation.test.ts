import fs from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ShapeStore } from './shape-store.ts';

let folder = '';
const { writeFileSync } = fs;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihub-segments-'));
});

afterEach(async () => {
  fs.writeFileSync = writeFileSync;
  syncBuiltinESMExports();
  await rm(folder, { recursive: true, force: true });
});

test('ShapeStore keeps a shape whose next segment was being created when the process was killed', async () => {
  const store = await ShapeStore.open(folder, { confirmedLsn: 0n, segmentBytes: 1 });
  const log = store.create('shape');
  log.writeChunk(Buffer.from('[]'));
  log.endChunk();
  await log.finish({});
  log.append('{"first":true}', 0);
  log.commit(1n);

  endWhenWriting('index');
  expect(() => log.append('{"second":true}', 0)).toThrow('killed');
  await store.close();

  const found = (await ShapeStore.open(folder, { confirmedLsn: 9n })).found.map((shape) => shape.log.lastOffset);
  expect(found).toEqual([{ lsn: 1n, op: 0 }]);
});

/** Simulates a kill: from now on, writing a file of this name throws before anything happens. */
function endWhenWriting(name: string): void {
  fs.writeFileSync = (file, ...rest) => {
    if (String(file).endsWith(name)) throw new Error('killed');
    writeFileSync(file, ...rest);
  };
  syncBuiltinESMExports();
}

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'limits-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Runs a module's text under a limit set by the shell's `ulimit`, with `store`, `write` and `read` in scope. */
async function runLimited(limit: string, folder: string, script: string): Promise<string> {
  const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const text = `
    import { ShapeStore } from ${url('./shape-store.ts')};
    import { readAll } from ${url('./testing/test-workload.ts')};
    const store = await ShapeStore.open(${JSON.stringify(join(root, folder))}, { confirmedLsn: 2n ** 63n });
    const keys = async (log) => (await readAll(log, { lsn: 0n, op: 0 }, () => 1e9)).messages.map((text) => JSON.parse(text).key);
    const message = (key, length) => JSON.stringify({ value: { a: 'x'.repeat(length) }, key });
    ${script}
    await store.close();`;
  const { stdout } = await run('sh', [
    '-c',
    `ulimit ${limit} && exec "$0" "$@"`,
    process.execPath,
    '--input-type=module',
    '-e',
    text,
  ]);
  return stdout.trim();
}

test('fails with the system’s error when the disk rejects a transaction, and restores the log by rollback', async () => {
  // Files of at most 1,024 blocks of 512 bytes.
  const output = await runLimited(
    '-f 1024',
    'full',
    `
    const log = store.create('1-1');
    log.append(message('first', 100), 0);
    log.commit(1n);
    const bytes = store.bytes;
    let code = null;
    try {
      for (let op = 0; op < 100; op++) log.append(message('large ' + op, 20_000), op);
      log.commit(2n);
    } catch (error) {
      code = error.code;
      log.rollback();
    }
    const same = store.bytes === bytes && log.lastOffset.lsn === 1n;
    log.append(message('second', 100), 0);
    log.commit(3n);
    console.log(JSON.stringify({ code, same, keys: await keys(log) }));`,
  );
  expect(JSON.parse(output)).toEqual({ code: 'EFBIG', same: true, keys: ['first', 'second'] });
});

test('writes, reads and syncs 150 shapes at once in a process limited to 180 open files', async () => {
  const output = await runLimited(
    '-n 180',
    'many',
    `
    const logs = Array.from({ length: 150 }, (_, index) => store.create('1-' + index));
    for (let lsn = 1n; lsn < 4n; lsn++)
      for (const [index, log] of logs.entries()) {
        log.append(message(index + '/' + lsn, 50), 0);
        log.commit(lsn);
      }
    await store.sync();
    const read = await Promise.all(logs.map(keys));
    console.log(read.every((keys, index) => keys.join() === [1, 2, 3].map((lsn) => index + '/' + lsn).join()));`,
  );
  expect(output).toBe('true');
});

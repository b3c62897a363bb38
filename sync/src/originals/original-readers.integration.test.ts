import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { storedPath } from '@ingesthub/schema/paths/stored-path.ts';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OriginalLimits, OriginalReaders } from './original-readers.ts';

let folder: string;
let root: string;
let stop: AbortController;

beforeEach(async () => {
  stop = new AbortController();
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-original-readers-'));
  root = path.join(folder, 'root');
  await mkdir(path.join(root, 'package'), { recursive: true });
  await writeFile(path.join(root, 'package/1.png'), 'inside');
});
afterEach(async () => {
  stop.abort();
  await rm(folder, { recursive: true });
});

function served(limits: Partial<OriginalLimits> = {}): (file: string) => Promise<Response> {
  const originals = new OriginalReaders({ mediaRoots: [root], limits, signal: stop.signal });
  const app = new Hono().get('/:file{.+}', (c) => originals.send(c, storedPath(path.join(root, c.req.param('file')))));
  return async (file) => app.request(`/${file}`);
}

/** Returns the processes that this test has started to read originals. */
async function readerPids(): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found: number[] = [];
  for (const pid of pids) {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (words.includes('reader-process') && words.includes(root)) found.push(Number(pid));
  }
  return found;
}

describe('OriginalReaders', () => {
  test('reports that a pipe is not on disk, and keeps serving', async () => {
    const get = served();
    execFileSync('mkfifo', [path.join(root, 'package/pipe.png')]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => get('package/pipe.png')));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(404));
    expect(await (await get('package/1.png')).text()).toBe('inside');
  });

  test('replaces a reader that does not answer', async () => {
    const get = served({ firstBytesMs: 500 });
    expect(await (await get('package/1.png')).text()).toBe('inside');
    const [pid = 0] = await readerPids();
    process.kill(pid, 'SIGSTOP');
    const silent = await get('package/1.png');
    expect([silent.status, silent.headers.get('retry-after')]).toEqual([503, '5']);
    await expect.poll(async () => (await get('package/1.png')).status).toBe(200);
    expect(await readerPids()).not.toContain(pid);
  });

  test('rejects concurrent answers beyond the limit', async () => {
    await writeFile(path.join(root, 'large.bin'), Buffer.alloc(4 * 1024 * 1024));
    const get = served({ atOnce: 2 });
    const held = [await get('large.bin'), await get('large.bin')];
    expect((await get('large.bin')).status).toBe(503);
    await held[0]?.body?.cancel();
    await expect.poll(async () => (await get('package/1.png')).status).toBe(200);
    expect((await held[1]?.arrayBuffer())?.byteLength).toBe(4 * 1024 * 1024);
  });

  test('leaves no process behind when it ends', async () => {
    await (await served()('package/1.png')).text();
    stop.abort();
    await expect.poll(readerPids).toEqual([]);
  });
});

import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DaemonProcess, type ProcessEnvironment, runIhub, startDaemon } from './testing/ihub-process.ts';
import { makeWithFfmpeg } from './testing/media-files.ts';
import { processesOf } from './testing/processes-of.ts';
import { until } from './testing/until.ts';

/** Time that a service manager waits before it kills. */
const GRACE_MS = 10_000;

let base: string;
let database: TestDatabase;
let env: ProcessEnvironment;

beforeAll(async () => {
  base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-ends-')));
  database = await createTestDatabase();
  env = {
    DATABASE_URL: database.url,
    MEDIA_ROOT_PATHS: path.join(base, 'media'),
    PROXY_DIR: path.join(base, 'derivatives'),
    IHUB_POLL_SECONDS: '1',
  };
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await rm(base, { recursive: true, force: true });
});

async function endsSoon(daemon: DaemonProcess): Promise<void> {
  const asked = performance.now();
  daemon.kill('SIGTERM');
  const { code, stdout, stderr } = await daemon.ended;
  expect(code, stdout + stderr).toBe(0);
  expect(performance.now() - asked).toBeLessThan(GRACE_MS);
  expect(await processesOf(base)).toEqual([]);
  const jobs =
    await database.sql`SELECT name, state, retry_count FROM pgboss.job WHERE state IN ('active', 'retry', 'failed')`;
  expect(jobs).toEqual([]);
}

async function ingest(folder: string): Promise<void> {
  const args = ['ingest', path.join(base, 'media', folder), '--project', 'Demo', '--yes', '--no-wait'];
  expect((await runIhub(args, env)).stderr).toBe('');
}

test('a daemon that is stopped while it makes a proxy ends its programs, and returns the job', async () => {
  await makeWithFfmpeg(
    path.join(base, 'media/video/long.avi'),
    '-f lavfi -i testsrc2=size=640x360:duration=30 -c:v mjpeg -q:v 20',
  );
  await using daemon = startDaemon(env);
  await daemon.ready;
  await ingest('video');
  await until(async () => (await processesOf(base)).some(({ command }) => command.includes('libx264')));
  await endsSoon(daemon);
  const [asset] = await database.sql`SELECT proxy_status, problem FROM assets`;
  expect(asset).toEqual({ proxy_status: 'pending', problem: null });
  const [job] = await database.sql`SELECT state FROM pgboss.job WHERE state = 'created' AND name LIKE 'video.%'`;
  expect(job).toEqual({ state: 'created' });
  await database.sql`UPDATE runs SET held = 'cancelled'`;
});

test('a daemon that is stopped during a scan returns the job, and the scan continues later', async () => {
  const folders = 40;
  const files = 300;
  for (let folder = 0; folder < folders; folder += 1) {
    const place = path.join(base, `media/scan/${folder}`);
    await mkdir(place, { recursive: true });
    for (let file = 0; file < files; file += 1) await writeFile(path.join(place, `note ${file}.txt`), 'x');
  }
  await using daemon = startDaemon(env);
  await daemon.ready;
  await ingest('scan');
  const registered = async () => {
    const [row] = await database.sql<
      { count: number }[]
    >`SELECT count(*)::integer AS count FROM assets WHERE file_type = 'other'`;
    return row?.count ?? 0;
  };
  await until(async () => (await registered()) > 0);
  await endsSoon(daemon);
  expect(await registered()).toBeLessThan(folders * files);

  await using again = startDaemon(env);
  await again.ready;
  await until(async () => (await registered()) === folders * files);
  await until(async () => (await database.sql`SELECT FROM runs WHERE status = 'done'`).length === 1);
  await endsSoon(again);
});

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { runIhub, startDaemon } from './testing/ihub-process.ts';
import { makeNoise, makeWithFfmpeg } from './testing/media-files.ts';
import { until } from './testing/until.ts';

const run = promisify(execFile);
const CROPS = 60;

/** Mounts a file system of a few megabytes; null without root's rights. */
async function mountTiny(folder: string, megabytes: number): Promise<AsyncDisposable | null> {
  await mkdir(folder, { recursive: true });
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).then(
    () => true,
    () => false,
  );
  return mounted ? { [Symbol.asyncDispose]: async () => void (await run('umount', ['-l', folder])) } : null;
}

test('a daemon waits while the disk is full, and blames no file', async ({ skip }) => {
  const base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-full-')));
  const derivatives = path.join(base, 'derivatives');
  await using _base = { [Symbol.asyncDispose]: () => rm(base, { recursive: true, force: true }) };
  await using tiny = await mountTiny(derivatives, 2);
  if (tiny === null) return skip('no small file system is available');
  await using database = await createTestDatabase();
  const { sql } = database;
  const media = path.join(base, 'media');
  const env = {
    DATABASE_URL: database.url,
    MEDIA_ROOT_PATHS: media,
    PROXY_DIR: derivatives,
    IHUB_MIN_FREE_GB: '0',
    IHUB_WATCH: 'off',
  };
  for (let index = 0; index < CROPS; index += 1) await makeNoise(path.join(media, `A/${index}_0.png`), index, 480);
  await makeWithFfmpeg(
    path.join(media, 'A/long.avi'),
    '-f lavfi -i testsrc2=size=640x360:duration=10 -vf noise=alls=40:allf=t -c:v mjpeg',
  );
  await using daemon = startDaemon(env);
  await daemon.ready;
  const args = ['ingest', path.join(media, 'A'), '--project', 'Demo', '--yes', '--no-wait'];
  expect((await runIhub(args, env)).stderr).toBe('');

  await until(async () => daemon.output().includes('work waits'));
  const [told] = await until(async () => {
    const rows = await sql`SELECT problem FROM ingestors WHERE problem IS NOT NULL`;
    return rows.length > 0 && rows;
  });
  expect(told?.['problem']).toMatch(/derivative folder/);
  expect((await runIhub(['status'], env)).stdout).toContain(told?.['problem']);
  expect(await blamed()).toEqual([]);

  // Some room, but not for everything: work continues until it is used up.
  await run('mount', ['-o', 'remount,size=3m', derivatives]);
  await until(async () => daemon.output().split('work waits').length > 2);
  expect(await blamed()).toEqual([]);

  await run('mount', ['-o', 'remount,size=64m', derivatives]);
  await until(async () => {
    const [row] = await sql`SELECT NOT EXISTS (SELECT FROM runs WHERE status <> 'done') AS done`;
    return row?.['done'];
  });
  expect(await blamed()).toEqual([]);
  expect(await readdir(path.join(derivatives, (await making(derivatives)) ?? ''))).toEqual([]);
  for (const { key } of await sql`SELECT thumbnail_key AS key FROM assets`) {
    await expect(sharp(path.join(derivatives, derivativePath(key))).stats()).resolves.toBeDefined();
  }
  await until(async () => (await sql`SELECT FROM ingestors WHERE problem IS NOT NULL`).length === 0);

  // A disk that is read-only from the start.
  daemon.kill('SIGTERM');
  await daemon.ended;
  await run('mount', ['-o', 'remount,ro', derivatives]);
  await makeNoise(path.join(media, 'A/late_0.png'), 1000, 480);
  await using again = startDaemon(env);
  await again.ready;
  expect((await runIhub(args, env)).stderr).toBe('');
  await until(async () => again.output().includes('EROFS'));
  await until(async () => (await sql`SELECT FROM assets WHERE name = 'late_0.png'`).length === 1);
  const asked = performance.now();
  again.kill('SIGTERM');
  expect((await again.ended).code).toBe(0);
  expect(performance.now() - asked).toBeLessThan(10_000);
  expect(await blamed()).toEqual([]);
  const [jobs] = await sql`SELECT count(*)::integer AS active FROM pgboss.job WHERE state = 'active'`;
  expect(jobs?.['active']).toBe(0);

  async function blamed() {
    return sql`
      SELECT relative_path, problem FROM assets
      WHERE problem IS NOT NULL OR 'failed' IN (probe_status, thumbnail_status, proxy_status, sprite_status)`;
  }
}, 180_000);

async function making(folder: string): Promise<string | undefined> {
  return (await readdir(folder)).find((name) => name.startsWith('.making-'));
}

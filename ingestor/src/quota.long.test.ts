import { mkdir, mkdtemp, realpath, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativeKey, derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import { expect, test } from 'vitest';
import { runIhub, startDaemon } from './testing/ihub-process.ts';
import { makePicture, makeWithFfmpeg } from './testing/media-files.ts';
import { until } from './testing/until.ts';

test('an ingestor near its quota makes only thumbnails and reports it, and makes the rest when there is room', async () => {
  const base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-quota-')));
  await using database = await createTestDatabase();
  const { sql } = database;
  const media = path.join(base, 'media');
  const derivatives = path.join(base, 'derivatives');
  const env = {
    DATABASE_URL: database.url,
    MEDIA_ROOT_PATHS: media,
    PROXY_DIR: derivatives,
    IHUB_WATCH: 'off',
    IHUB_DERIVATIVE_QUOTA_GB: '0.004',
  };
  for (let index = 0; index < 10; index += 1) await makePicture(path.join(media, `A/${index}_0.png`), index);
  for (const name of ['one', 'two']) {
    await makeWithFfmpeg(path.join(media, `A/${name}.avi`), '-f lavfi -i testsrc=size=320x180:duration=2 -c:v mjpeg');
  }
  // No asset names this file, but a job might be about to.
  const ballast = path.join(
    derivatives,
    derivativePath(derivativeKey('proxy', { hash: 'a'.repeat(64), extension: 'mov' })),
  );
  await mkdir(path.dirname(ballast), { recursive: true });
  await writeFile(ballast, Buffer.alloc(3.85e6));

  await using daemon = startDaemon(env);
  await daemon.ready;
  await until(async () => daemon.output().includes('quota reached'));
  const args = ['ingest', path.join(media, 'A'), '--project', 'Demo', '--yes', '--no-wait'];
  expect((await runIhub(args, env)).stderr).toBe('');
  const count = async (status: string) => {
    const [row] = await sql`
      SELECT
        (count(*) FILTER (WHERE thumbnail_status = ${status}))::integer AS thumbnails,
        (count(*) FILTER (WHERE proxy_status = ${status}))::integer AS proxies
      FROM assets`;
    return row;
  };
  await until(async () => (await count('ready'))?.['thumbnails'] === 12);
  expect(await count('ready')).toEqual({ thumbnails: 12, proxies: 0 });
  expect(await count('pending')).toEqual({ thumbnails: 0, proxies: 2 });
  const problem = await until(async () => (await sql`SELECT problem FROM ingestors`)[0]?.['problem']);
  expect(problem).toMatch(/0\.0038\d GB of its quota of 0\.00400 GB .* Only thumbnails are made/);

  const hours = new Date(Date.now() - 2 * 3600 * 1000);
  await utimes(ballast, hours, hours);
  await until(async () => (await sql`SELECT FROM runs WHERE status = 'done'`).length === 1);
  expect(await count('ready')).toEqual({ thumbnails: 12, proxies: 2 });
  expect(daemon.output()).toMatch(/derivatives swept.*quota met again/s);
  await until(async () => (await sql`SELECT FROM ingestors WHERE problem IS NULL`).length === 1);
  await rm(base, { recursive: true, force: true, maxRetries: 5 });
}, 120_000);

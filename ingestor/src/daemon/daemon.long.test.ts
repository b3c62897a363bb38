import { access, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { runIhub, startDaemon } from '../testing/ihub-process.ts';
import { makePicture, makeWithFfmpeg } from '../testing/media-files.ts';
import { until } from '../testing/until.ts';

test('a killed daemon loses nothing, and the next one repeats no work', async () => {
  const base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-daemon-')));
  await using database = await createTestDatabase();
  const { sql } = database;
  const media = path.join(base, 'media');
  const derivatives = path.join(base, 'derivatives');
  const env = { DATABASE_URL: database.url, MEDIA_ROOT_PATHS: media, PROXY_DIR: derivatives };
  const pictures = 300;
  for (let index = 0; index < pictures; index += 1) {
    await makePicture(path.join(media, `crops/${String(index).padStart(5, '0')}_0.png`), index);
  }
  await makeWithFfmpeg(
    path.join(media, 'crops/grid/scene.avi'),
    '-f lavfi -i testsrc=size=640x360:duration=3 -c:v mjpeg',
  );

  const killed = startDaemon(env);
  await killed.ready;
  const ingest = runIhub(['ingest', path.join(media, 'crops'), '--project', 'Demo', '--json'], env);
  await until(async () => {
    const [row] = await sql`SELECT count(*)::integer AS made FROM assets WHERE thumbnail_status = 'ready'`;
    return row?.['made'] > 0;
  });
  killed.kill('SIGKILL');
  await killed.ended;
  const [interrupted] = await sql`
    SELECT status, (SELECT count(*)::integer FROM assets WHERE thumbnail_status = 'pending') AS pending FROM runs`;
  expect(interrupted?.['status']).not.toBe('done');
  expect(interrupted?.['pending']).toBeGreaterThan(0);

  const again = startDaemon(env);
  await again.ready;
  const { code, stdout } = await ingest;
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    run: { status: 'done', assets_registered: pictures + 1, thumbnails_made: pictures + 1, proxies_made: 1 },
    assets: { total: pictures + 1, with_problems: 0 },
  });
  const [counted] = await sql`SELECT count(DISTINCT relative_path)::integer AS paths FROM assets`;
  expect(counted?.['paths']).toBe(pictures + 1);
  for (const { thumbnail_key: key } of await sql`SELECT thumbnail_key FROM assets`) {
    await expect(sharp(path.join(derivatives, derivativePath(key))).stats()).resolves.toBeDefined();
  }
  const [video] = await sql`SELECT proxy_key FROM assets WHERE file_type = 'video'`;
  await expect(access(path.join(derivatives, derivativePath(video?.['proxy_key'])))).resolves.toBeUndefined();
  expect(await readdir(path.join(derivatives, `.making-${hostname()}`))).toEqual([]);
  again.kill('SIGTERM');
  expect((await again.ended).code).toBe(0);
  await rm(base, { recursive: true, force: true });
}, 120_000);

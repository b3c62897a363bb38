/** A media root on a hanging drive holds up its own originals and nothing else. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HangingDrive, whyNoDrive } from '@ingesthub/ingestor/testing/hanging-drive.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerProcess } from './testing/server-process.ts';
import { insertTestLibrary, type TestLibrary } from './testing/test-library.ts';

/** Longest a request may wait for the hanging drive; the server answers sooner. */
const PATIENCE_MS = 60_000;

const why = whyNoDrive();
if (why !== null) console.info(why);

describe.skipIf(why !== null)('a server with a media root that hangs', () => {
  let server: ServerProcess;
  let drive: HangingDrive;
  let away: TestLibrary;
  let here: TestLibrary;

  beforeAll(async () => {
    server = await ServerProcess.prepare();
    const { folder } = server;
    const { sql } = server.database;
    const behind = path.join(folder, 'behind');
    await mkdir(path.join(behind, 'package'), { recursive: true });
    await mkdir(path.join(folder, 'here/package'), { recursive: true });
    await writeFile(path.join(behind, 'package/1.png'), 'on the drive');
    await writeFile(path.join(folder, 'here/package/1.png'), 'here');
    drive = await HangingDrive.mount(behind, path.join(folder, 'nas'));
    away = await insertTestLibrary(sql, { assets: 1, sourcePath: path.join(drive.folder, 'package') });
    here = await insertTestLibrary(sql, { assets: 1, sourcePath: path.join(folder, 'here/package') });
    await server.addThumbnail(away.assetIds[0] ?? '', 'thumbnail');
    await server.start({
      MEDIA_ROOT_PATHS: `${drive.folder}:${path.join(folder, 'here')}`,
      // Node's default: no spare threads make up for the hanging ones.
      UV_THREADPOOL_SIZE: '4',
    });
  });
  afterAll(async () => {
    await server.kill();
    await drive[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const get = (address: string) => fetch(server.url + address, { signal: AbortSignal.timeout(PATIENCE_MS) });
  const original = ({ assetIds }: TestLibrary) => `/media/assets/${assetIds[0]}/original`;

  test('serves everything else, reports the root as silent, and serves it again once it recovers', async () => {
    // The server is ready before its engine follows the database.
    const isFollowing = { electric: { status: 'active' } };
    await expect.poll(async () => (await get('/api/health')).json()).toMatchObject(isFollowing);
    expect(await (await get(original(away))).text()).toBe('on the drive');
    drive.hang();
    // Twice the number of threads.
    const held = Array.from({ length: 8 }, () => get(original(away)));
    let settled = 0;
    for (const one of held) void one.then(() => settled++);

    const answers = await Promise.all([
      get('/'),
      get('/api/health'),
      get(`/media/assets/${away.assetIds[0]}/thumbnail`),
      get(original(here)),
    ]);
    expect(await Promise.all(answers.slice(2).map((answer) => answer.text()))).toEqual(['thumbnail', 'here']);
    expect(await answers[1]?.json()).toMatchObject(isFollowing);
    expect(settled).toBe(0);

    expect((await Promise.all(held)).map(({ status }) => status)).toEqual(Array(8).fill(503));
    expect((await get(original(here))).status).toBe(200);
    expect((await get(original(away))).status).toBe(503);
    drive.resume();
    await expect.poll(async () => (await get(original(away))).status).toBe(200);
  });
});

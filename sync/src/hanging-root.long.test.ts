/** A media root on a hanging drive holds up its own originals and nothing else. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { HangingDrive, whyNoDrive } from '@ingesthub/ingestor/testing/hanging-drive.ts';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativeKey, derivativePath } from '@ingesthub/schema/derivatives.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertTestLibrary, type TestLibrary } from './testing/test-library.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Longest a request may wait for the hanging drive; the server answers sooner. */
const PATIENCE_MS = 60_000;

const why = whyNoDrive();
if (why !== null) console.info(why);

describe.skipIf(why !== null)('a server with a media root that hangs', () => {
  let database: TestDatabase;
  let folder: string;
  let drive: HangingDrive;
  let server: ChildProcess;
  let url: string;
  let away: TestLibrary;
  let here: TestLibrary;

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(path.join(tmpdir(), 'ihub-hanging-'));
    const behind = path.join(folder, 'behind');
    await mkdir(path.join(behind, 'package'), { recursive: true });
    await mkdir(path.join(folder, 'here/package'), { recursive: true });
    await writeFile(path.join(behind, 'package/1.png'), 'on the drive');
    await writeFile(path.join(folder, 'here/package/1.png'), 'here');
    drive = await HangingDrive.mount(behind, path.join(folder, 'nas'));
    away = await insertTestLibrary(database.sql, { assets: 1, sourcePath: path.join(drive.folder, 'package') });
    here = await insertTestLibrary(database.sql, { assets: 1, sourcePath: path.join(folder, 'here/package') });
    const key = derivativeKey('thumbnail', 'ab'.repeat(32));
    await database.sql`UPDATE assets SET thumbnail_key = ${key} WHERE id = ${away.assetIds[0] ?? ''}`;
    const thumbnail = path.join(folder, 'derivatives', derivativePath(key));
    await mkdir(path.dirname(thumbnail), { recursive: true });
    await writeFile(thumbnail, 'thumbnail');
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    server = spawn(process.execPath, ['sync/src/main.ts'], {
      cwd: ROOT,
      env: {
        ...process.env,
        DATABASE_URL: database.url,
        IHUB_PORT: String(port),
        IHUB_DATA_DIR: path.join(folder, 'data'),
        MEDIA_ROOT_PATHS: `${drive.folder}:${path.join(folder, 'here')}`,
        PROXY_DIR: path.join(folder, 'derivatives'),
        // Node's default: no spare threads make up for the hanging ones.
        UV_THREADPOOL_SIZE: '4',
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await new Promise((resolve) => server.once('message', resolve));
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await ended;
    await drive[Symbol.asyncDispose]();
    await expect
      .poll(() => database.sql`SELECT FROM pg_replication_slots WHERE active AND database = current_database()`)
      .toHaveLength(0);
    await database[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (address: string) => fetch(url + address, { signal: AbortSignal.timeout(PATIENCE_MS) });
  const original = ({ assetIds }: TestLibrary) => `/media/assets/${assetIds[0]}/original`;

  test('serves everything else, reports the root as silent, and serves it again once it recovers', async () => {
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
    expect(answers[1]?.status).toBe(200);
    expect(settled).toBe(0);

    expect((await Promise.all(held)).map(({ status }) => status)).toEqual(Array(8).fill(503));
    expect((await get(original(here))).status).toBe(200);
    expect((await get(original(away))).status).toBe(503);
    drive.resume();
    await expect.poll(async () => (await get(original(away))).status).toBe(200);
  });
});

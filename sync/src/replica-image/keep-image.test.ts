import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import pino from 'pino';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertTestLibrary } from '../testing/test-library.ts';
import { keepImage } from './keep-image.ts';
import { createWantedImages } from './wanted-images.ts';

/** Records each run and leaves the files that a builder leaves. */
const BUILDER = `
  import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
  const [folder, name, projects] = ['folder', 'name', 'projects'].map((option) => {
    const at = process.argv.indexOf('--' + option);
    return at < 0 ? '' : process.argv[at + 1];
  });
  if (name === 'default' && existsSync(folder + '/broken')) process.exit(1);
  appendFileSync(folder + '/runs', process.argv.slice(2, 4).join(' ') + ' ' + name + ' ' + projects + '\\n');
  const files = { zstd: 'z', gzip: 'g' };
  const image = { key: 'k', builtAt: new Date(), projects: projects ? projects.split(',') : [], handles: [], uncompressedBytes: 1, files };
  writeFileSync(folder + '/' + name + '.json', JSON.stringify(image));
  process.disconnect();`;

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-keep-'));
  await writeFile(path.join(folder, 'builder.mjs'), BUILDER);
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test('keepImage: builds for a large enough library, rebuilds after enough changes, and ends with its signal', async () => {
  const { sql } = database;
  const stop = new AbortController();
  const lines = () => readFile(path.join(folder, 'runs'), 'utf8').catch(() => '');
  const runs = async () => (await lines()).split('\n').length - 1;
  const wanted = createWantedImages();
  const ended = keepImage({
    wanted,
    ...{ sql, log: pino({ level: 'silent' }), folder, builder: path.join(folder, 'builder.mjs') },
    server: 'http://127.0.0.1:1',
    limits: { leastAssets: 100, share: 0.1, checkMs: 20 },
    signal: stop.signal,
  });
  await insertTestLibrary(sql, { assets: 99 });
  await sql`SELECT pg_stat_force_next_flush()`;
  expect(await runs()).toBe(0);
  const { projectId } = await insertTestLibrary(sql, { assets: 10 });
  await expect.poll(runs).toBe(1);
  await insertTestLibrary(sql, { assets: 50 });
  // Postgres may report the changes in two parts.
  await expect.poll(runs).toBeGreaterThanOrEqual(2);
  expect(await lines()).toMatch(/^--server http:\/\/127\.0\.0\.1:1 default \n/);
  wanted.ask([projectId]);
  await expect.poll(lines).toMatch(new RegExp(` [0-9a-f]{16} ${projectId}\n`));
  stop.abort();
  await ended;
});

test('keepImage: builds and removes other images when one cannot be built or read', async () => {
  const { sql } = database;
  const stop = new AbortController();
  await insertTestLibrary(sql, { assets: 100 });
  const image = {
    key: 'k',
    builtAt: new Date(),
    projects: [uuid()],
    handles: [],
    uncompressedBytes: 1,
    files: { zstd: 'z', gzip: 'g' },
  };
  // An image is named after its contents, so this one is wanted under another name.
  await writeFile(path.join(folder, 'old.json'), JSON.stringify(image));
  await writeFile(path.join(folder, 'damaged.json'), '{');
  await writeFile(path.join(folder, 'broken'), '');
  const ended = keepImage({
    wanted: createWantedImages(),
    ...{ sql, log: pino({ level: 'silent' }), folder, builder: path.join(folder, 'builder.mjs') },
    server: 'http://127.0.0.1:1',
    limits: { leastAssets: 1, checkMs: 20 },
    signal: stop.signal,
  });
  await expect.poll(() => readdir(folder)).not.toContain('old.json');
  await expect.poll(() => readFile(path.join(folder, 'runs'), 'utf8')).toContain(image.projects[0]);
  stop.abort();
  await ended;
});

import { createReadStream } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { PGlite } from '@electric-sql/pglite';
import { seedLibrary } from '@ingesthub/fixtures/library-seed.ts';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { assetRow, assetTagRow, folderRow } from '@ingesthub/schema/library/rows.ts';
import { readReplicaImage } from '@ingesthub/schema/replica/read-replica-image.ts';
import type { ReplicaImage } from '@ingesthub/schema/replica/replica-image.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPGlite } from '../open/create-pglite.ts';
import { prepareDatabase } from '../open/prepare-database.ts';
import { readReplicaSql } from '../open/read-replica-sql.ts';
import { startReplica } from '../open/start-replica.ts';
import { openDiskFiles } from '../storage/disk-files.ts';
import { unpackDirectory } from '../storage/unpack-directory.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';
import { buildImage } from './build-image.ts';

const { signal } = new AbortController();
let postgres: TestDatabase;
let server: TestServer;
let folder: string;
let first: ReplicaImage;
beforeAll(async () => {
  postgres = await createTestDatabase();
  await seedLibrary(postgres.sql, { assets: 3000, projects: 2 });
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-image-'));
  server = await createTestServer(postgres.url, { IHUB_DATA_DIR: path.join(folder, 'data') });
  first = await build();
}, 120_000);
afterAll(async () => {
  await server.kill();
  await postgres[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const build = (projects: readonly string[] | null = null) =>
  buildImage({ server: server.url, folder: path.join(folder, 'images'), name: 'default', projects, signal });

/** Opens an image as a browser does. */
async function openCopy(image: ReplicaImage, encoding: 'zstd' | 'gzip'): Promise<PGlite> {
  const file = createReadStream(path.join(folder, 'images', image.files[encoding]));
  const tar = file.pipe(encoding === 'zstd' ? createZstdDecompress() : createGunzip());
  const files = openDiskFiles(await mkdtemp(path.join(folder, 'copy-')), { durable: false });
  await unpackDirectory(Readable.toWeb(tar) as ReadableStream<Uint8Array<ArrayBuffer>>, files);
  return createPGlite({ fs: files });
}

/** Digests of all asset rows, for both databases. */
const rows = [
  `SELECT ${Object.keys(assetRow.shape).join(', ')} FROM assets ORDER BY id`,
  `SELECT ${Object.keys(assetTagRow.shape).join(', ')} FROM asset_tags ORDER BY asset_id, tag`,
  `SELECT ${Object.keys(folderRow.shape).join(', ')} FROM folders ORDER BY package_id, number`,
].map(
  (query) => `SELECT md5(string_agg(row::text, E'\\n')) AS digest, count(*)::integer AS rows FROM (${query}) AS row`,
);

async function expectSameAsPostgres(copy: PGlite): Promise<void> {
  await copy.exec("SET timezone = 'UTC'");
  await postgres.sql.begin(async (sql) => {
    await sql`SET LOCAL timezone = 'UTC'`;
    for (const query of rows) {
      const [central] = await sql.unsafe(query);
      expect((await copy.query(query)).rows).toEqual([{ ...central }]);
    }
  });
}

test('buildImage: a copy has every row, the indexes and counts, and a client id of its own', async () => {
  const sql = await readReplicaSql();
  const clients = [];
  for (const encoding of ['zstd', 'gzip'] as const) {
    const copy = await openCopy(first, encoding);
    const { client, loaded } = await prepareDatabase(copy, sql);
    expect(loaded).toBe(true);
    clients.push(client);
    await expectSameAsPostgres(copy);
    const [counted] = (await copy.query('SELECT sum(asset_count)::integer AS assets FROM asset_counts')).rows;
    expect(counted).toEqual({ assets: 3000 });
    await copy.close();
  }
  expect(new Set(clients).size).toBe(2);
});

test('buildImage: a copy catches up from the image’s position without refetching rows', async () => {
  await postgres.sql`UPDATE assets SET camera = 'cam_late' WHERE id IN (SELECT id FROM assets LIMIT 10)`;
  const copy = await openCopy(first, 'zstd');
  const fetched: string[] = [];
  const replica = await startReplica({
    database: copy,
    storage: 'memory',
    server: server.url,
    sql: await readReplicaSql(),
    fetch: (input, init) => {
      fetched.push(String(input));
      return fetch(input, init);
    },
  });
  const late = async () => (await copy.query("SELECT FROM assets WHERE camera = 'cam_late'")).rows.length;
  await expect.poll(late).toBe(10);
  expect(fetched.filter((url) => url.includes('/api/shapes/assets') && url.includes('offset=-1'))).toEqual([]);
  await replica.close();
  await copy.close();
});

test('buildImage: keeps the image when nothing is new, and otherwise builds another from the same directory', async () => {
  const second = await build();
  const packed = await stat(path.join(folder, 'images', second.files.gzip));
  expect(second.builtAt.getTime()).toBeLessThan(packed.birthtimeMs);
  expect(second.files).not.toEqual(first.files);
  const begun = new Date();
  const third = await build();
  expect(third).toEqual({ ...second, builtAt: third.builtAt });
  expect(third.builtAt.getTime()).toBeGreaterThanOrEqual(begun.getTime());
  const left = await readdir(path.join(folder, 'images'));
  expect(left.toSorted()).toEqual(
    [`default-${second.key}`, second.files.gzip, second.files.zstd, 'default.json'].toSorted(),
  );
  const copy = await openCopy(second, 'gzip');
  expect((await copy.query("SELECT FROM assets WHERE camera = 'cam_late'")).rows).toHaveLength(10);
  await copy.close();
});

test('buildImage: an image of some projects has only their assets, and the whole library otherwise', async () => {
  const [kept = '', left = ''] = first.projects;
  const image = await build([kept]);
  expect([first.projects.length, image.projects]).toEqual([2, [kept]]);
  const copy = await openCopy(image, 'zstd');
  const ofProjects = await copy.query<{ id: string }>('SELECT DISTINCT project_id AS id FROM assets');
  expect(ofProjects.rows).toEqual([{ id: kept }]);
  const shapes = await copy.query(`SELECT FROM replica.shapes WHERE reference LIKE '%${left}'`);
  const packages = await copy.query(`SELECT FROM packages WHERE project_id = '${left}'`);
  expect([shapes.rows.length, packages.rows.length > 0]).toEqual([0, true]);
  await copy.close();
});

test('an image is no longer offered once a reader has met a shape that no longer exists', async () => {
  const shape = await fetch(`${server.url}/api/shapes/saved_filters?offset=-1`);
  const handle = shape.headers.get('electric-handle') ?? '';
  expect(first.handles).toContain(handle);
  const offered = path.join(folder, 'data/replica-images');
  await mkdir(offered, { recursive: true });
  await cp(path.join(folder, 'images'), offered, { recursive: true });
  const image = await readReplicaImage(offered, 'default');
  const askImage = async () =>
    (await fetch(`${server.url}/api/replica-image?key=${image?.key}`, { method: 'HEAD' })).status;
  expect(await askImage()).toBe(200);

  await postgres.sql`TRUNCATE saved_filters`;
  const goOn = `${server.url}/api/shapes/saved_filters?offset=0_inf&handle=${handle}`;
  await expect.poll(async () => (await fetch(goOn)).status).toBe(409);
  await expect.poll(askImage).toBe(404);
});

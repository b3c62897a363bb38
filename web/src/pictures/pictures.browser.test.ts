import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativeKey, derivativePath } from '@ingesthub/schema/derivatives.ts';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestServer, type TestServer } from '../replica/test-server.ts';
import { buildTestPage } from './testing/build-page.ts';
import { FrontServer } from './testing/front-server.ts';
import type { TestPage } from './testing/page.tsx';

declare const page: TestPage;

const PICTURES = 1000;
/** 16 x 8 pixels; what follows it is another for each asset, and no decoder minds. */
const WEBP = Buffer.from(
  'UklGRjwAAABXRUJQVlA4IDAAAADQAQCdASoQAAgAAgA0JaACdLoB+AADsAD+8Oj3/yC5YXXI1/8gP+QH/ID/+PIAAAA=',
  'base64',
);
/** Two parts and a bit. */
const MOVIE = Buffer.from(Uint32Array.from({ length: 2_250_000 }, (_, index) => index).buffer);

interface AssetFacts {
  id: string;
  thumbnail_version: number;
  content: string;
}

const stack = new AsyncDisposableStack();
const projectId = uuid();
const packageId = uuid();
const movieId = uuid();
let folder: string;
let database: TestDatabase;
let server: TestServer;
let front: FrontServer;
let context: BrowserContext;
let tab: Page;
let assets: AssetFacts[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-pictures-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  database = stack.use(await createTestDatabase());
  await insertLibrary();
  server = await createTestServer(database.url, {
    PROXY_DIR: path.join(folder, 'derivatives'),
    IHUB_DATA_DIR: path.join(folder, 'data'),
  });
  stack.defer(() => server.kill());
  const built = path.join(folder, 'built');
  await buildTestPage(built);
  front = stack.use(await FrontServer.start(built, server.url));
  context = await chromium.launchPersistentContext(path.join(folder, 'profile'), {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  stack.defer(() => context.close());
  tab = context.pages()[0] ?? (await context.newPage());
  // From the second visit on, everything passes through the service worker.
  await tab.goto(`${front.url}/?package=${packageId}`);
  await tab.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
}, 180_000);
afterAll(() => stack.disposeAsync());
beforeEach(async () => {
  front.packsLeft = Number.POSITIVE_INFINITY;
  front.brought.length = 0;
  front.media.length = 0;
});

async function insertLibrary(): Promise<void> {
  const { sql } = database;
  const write = async (key: string, bytes: Buffer) => {
    const file = path.join(folder, 'derivatives', derivativePath(key));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  };
  await sql`INSERT INTO projects (id, name, type) VALUES (${projectId}, 'Project', 'vfx')`;
  await sql`INSERT INTO packages (id, project_id, name, type, source_path) VALUES (${packageId}, ${projectId}, 'Package', 'vfx', '/media')`;
  const rows = Array.from({ length: PICTURES }, (_, index) => {
    const name = `${String(index).padStart(4, '0')}.png`;
    const hash = index.toString(16).padStart(4, '0').repeat(16);
    return {
      id: uuid(),
      name,
      relative_path: name,
      thumbnail_key: derivativeKey('thumbnail', hash),
      proxy_key: null as string | null,
    };
  });
  for (const row of rows) await write(row.thumbnail_key, Buffer.concat([WEBP, Buffer.from(row.id)]));
  // The film has no picture on the server's disk, which must hold nothing up.
  const [picture, proxy] = (['thumbnail', 'proxy'] as const).map((kind) => derivativeKey(kind, 'ff'.repeat(32)));
  await write(proxy ?? '', MOVIE);
  rows.push({
    id: movieId,
    name: 'zz.mov',
    relative_path: 'zz.mov',
    thumbnail_key: picture ?? '',
    proxy_key: proxy ?? null,
  });
  await sql`
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at,
      thumbnail_status, thumbnail_key, proxy_status, proxy_key)
    SELECT id, ${projectId}, ${packageId}, relative_path, name, CASE WHEN proxy_key IS NULL THEN 'image' ELSE 'video' END,
      'aligned', 1000, now(), 'ready', thumbnail_key, CASE WHEN proxy_key IS NULL THEN 'none' ELSE 'ready' END, proxy_key
    FROM jsonb_to_recordset(${sql.json(rows)}) AS new (id uuid, name text, relative_path text, thumbnail_key text, proxy_key text)`;
  await readAssets();
}

async function readAssets(): Promise<void> {
  assets = await database.sql<AssetFacts[]>`
    SELECT id, thumbnail_version, id::text AS content FROM assets WHERE id <> ${movieId} ORDER BY name`;
}

/** Puts the library, as it is in Postgres now, into the page's replica. */
async function fillReplica(): Promise<void> {
  const [row] = await database.sql<{ projects: unknown; packages: unknown; assets: unknown }[]>`
    SELECT (SELECT jsonb_agg(projects) FROM projects) AS projects, (SELECT jsonb_agg(packages) FROM packages) AS packages,
      (SELECT jsonb_agg(assets) FROM assets) AS assets`;
  const statements = Object.entries(row ?? {}).map(
    ([table, rows]) =>
      `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, '${JSON.stringify(rows)}'::jsonb);`,
  );
  await tab.evaluate((sql) => page.replica.exec(sql), statements.reverse().join('\n'));
}

async function openPage(): Promise<void> {
  await tab.goto(`${front.url}/?package=${packageId}`);
  await tab.waitForFunction(() => 'page' in globalThis && page !== undefined, undefined, { timeout: 60_000 });
  await fillReplica();
}

const button = (name: RegExp | string) => tab.getByRole('button', { name });
const popover = () => tab.getByRole('dialog', { name: 'Keep offline' });

/** What the page gets for each address: the text behind the picture, or null. */
function fetchPictures(addresses: readonly string[]): Promise<(string | null)[]> {
  return tab.evaluate(
    ([addresses, length]) =>
      Promise.all(
        addresses.map((address) =>
          fetch(address).then(
            async (response) => (response.ok ? (await response.text()).slice(-length) : null),
            () => null,
          ),
        ),
      ),
    [addresses, 36] as const,
  );
}
const addressOf = ({ id, thumbnail_version }: AssetFacts) => `/media/assets/${id}/thumbnail?v=${thumbnail_version}`;

test('KeepOffline: stopped in the middle and reloaded, it goes on by itself and fetches nothing twice; then all is there offline', async () => {
  await openPage();
  await button('Keep offline').click();
  await popover().getByText('1,001 pictures, about').waitFor();
  front.packsLeft = 2;
  await popover().getByRole('button', { name: 'Keep offline' }).click();
  await popover().getByText('512 of 1,001 pictures are on this device').waitFor();
  await popover().getByRole('button', { name: 'Stop' }).click();
  await button('Stopped at 51 %').waitFor();
  await popover().getByRole('button', { name: 'Go on' }).click();
  await button('Keeping offline, 51 %').waitFor();

  await openPage();
  front.packsLeft = Number.POSITIVE_INFINITY;
  await openPage();
  await button('Kept offline').click();
  await popover().getByText('1,000 of 1,001 pictures are on this device').waitFor();
  // The last is the film's, which the server does not have.
  expect(front.brought.filter((id) => id !== movieId)).toEqual(assets.map((asset) => asset.id));

  await front.cut();
  expect(await fetchPictures(assets.map(addressOf))).toEqual(assets.map((asset) => asset.content));
  const width = await tab.evaluate(
    async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return image.naturalWidth;
    },
    addressOf(assets[500] as AssetFacts),
  );
  expect(width).toBe(16);
  await front.mend();
});

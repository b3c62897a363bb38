import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seedLibrary } from '@ingesthub/fixtures/library-seed.ts';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { FrontServer } from '../../pictures/testing/front-server.ts';
import { buildTestPage } from '../testing/image/build-page.ts';
import type { TestPage } from '../testing/image/page.ts';
import { createTestServer } from '../testing/test-server.ts';

declare const page: TestPage;

/** Enough assets for the server to build an image. */
const ASSETS = 6000;

const stack = new AsyncDisposableStack();
let database: TestDatabase;
let front: FrontServer;
let context: BrowserContext;
let tab: Page;
const asked: string[] = [];

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-image-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  database = stack.use(await createTestDatabase());
  await seedLibrary(database.sql, { assets: ASSETS, projects: 2 });
  const server = await createTestServer(database.url, { IHUB_DATA_DIR: path.join(folder, 'data') });
  stack.defer(() => server.kill());
  const built = path.join(folder, 'built');
  await buildTestPage(built);
  front = stack.use(await FrontServer.start(built, server.url));
  await vi.waitUntil(
    async () => {
      const health = (await (await fetch(`${server.url}/api/health`)).json()) as { replica_image: unknown };
      return health.replica_image !== null;
    },
    { timeout: 150_000, interval: 100 },
  );
  context = await chromium.launchPersistentContext(path.join(folder, 'profile'), {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  stack.defer(() => context.close());
  context.on('request', (request) => asked.push(request.url()));
  tab = context.pages()[0] ?? (await context.newPage());
}, 180_000);
afterAll(() => stack.disposeAsync());

const upToDate = () =>
  tab.waitForFunction(() => {
    const { phase, upToDateAt, shapesUpToDate, shapesFollowed } = page.replica.status();
    return phase === 'ready' && upToDateAt !== null && shapesUpToDate === shapesFollowed;
  });

/** Digests of the assets and their tags, for both databases. */
const DIGEST = `
  SELECT md5(string_agg(concat_ws(' ', id, package_id, folder, name, size_bytes, review_status, camera, tags), ' ' ORDER BY id)) AS digest
  FROM assets
  LEFT JOIN (SELECT asset_id AS id, string_agg(tag, ' ' ORDER BY tag) AS tags FROM asset_tags GROUP BY asset_id) AS tagged USING (id)`;

async function expectSameAsPostgres(): Promise<void> {
  const [central] = await database.sql.unsafe(DIGEST);
  const local = () => tab.evaluate((text) => page.replica.query({ text, values: [] }), DIGEST);
  await expect.poll(local).toEqual([{ ...central }]);
}

test('openStorage: a new browser loads the image, reports progress, and ends up equal to Postgres', async () => {
  await database.sql`UPDATE assets SET camera = 'cam_late' WHERE id IN (SELECT id FROM assets LIMIT 100)`;
  await tab.goto(front.url);
  await upToDate();
  const downloads = await tab.evaluate(() => page.said.flatMap(({ download }) => download ?? []));
  expect(downloads.at(-1)?.receivedBytes).toBe(downloads[0]?.totalBytes);
  await expectSameAsPostgres();
  expect(asked.filter((url) => url.includes('/api/replica-image'))).toHaveLength(1);
  expect(asked.filter((url) => url.includes('/api/shapes/assets') && url.includes('offset=-1'))).toEqual([]);
});

test('openStorage: the next opening finds everything and requests no image', async () => {
  asked.length = 0;
  await tab.reload();
  await upToDate();
  await expectSameAsPostgres();
  expect(asked.filter((url) => url.includes('/api/replica-image'))).toEqual([]);
});

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { REPLICA_VERSION } from '../open/replica-version.ts';
import type { TestPage } from '../testing/image/page.ts';
import {
  countAssets,
  countTagged,
  isReady,
  isSettled,
  noticesOf,
  ReplicaSite,
  statusOf,
  tag,
} from './testing/replica-site.ts';

declare const page: TestPage;

const ASSETS = 2000;

let site: ReplicaSite;

beforeAll(async () => {
  site = await ReplicaSite.open({ assets: ASSETS });
}, 180_000);
afterEach(async () => {
  await site.closeTabs();
  await site.front.cut();
  await site.front.mend();
});
afterAll(() => site[Symbol.asyncDispose]());

test('openReplica: an old page leaves alone a replica that a newer page has begun to rebuild, and its unsent changes', async () => {
  const tab = await site.newTab();
  await isSettled(tab);
  await site.front.cut();
  await tag(tab, 'unsent at an interruption', 15);
  await expect.poll(async () => (await statusOf(tab)).unsent).toBe(1);
  await site.crash(tab);
  await site.closeTabs();
  await site.front.mend();
  // The state left by a newer page that has read the unsent changes and is closed before it has built its own.
  await site.withStorage(async (number) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('ingesthub-replica');
    const handle = await folder.getFileHandle('complete');
    const { version } = JSON.parse(await (await handle.getFile()).text()) as { version: string };
    const writable = await handle.createWritable();
    const making = { version: version.replace(/^\d+/, String(number)), state: 'damaged', making: true };
    await writable.write(JSON.stringify(making));
    await writable.close();
  }, REPLICA_VERSION + 2);
  await site.serveBuild(1);
  const old = await site.newTab();
  await expect.poll(async () => (await statusOf(old)).problem).toContain('has been used in this browser');
  await site.serveBuild(2);
  const newer = await site.newTab();
  await isReady(newer);
  expect(await noticesOf(newer)).toContain('rebuilt for this version. 1 unsent change was kept.');
  await expect.poll(() => site.taggedInPostgres('unsent at an interruption')).toBe(15);
  // The following tests use the older build.
  await site.serveBuild(0);
  await site.closeTabs();
  await site.withStorage(async (name) => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(name, { recursive: true });
  }, 'ingesthub-replica');
});

test.for([
  ['its file is empty', 0],
  ['the middle of its file is overwritten', 0.5],
] as const)('openReplica: rebuilds a damaged database (%s) and restores the unsent changes', async ([, from]) => {
  const name = `unsent at damage ${from}`;
  const tab = await site.newTab();
  await isSettled(tab);
  await site.front.cut();
  await tag(tab, name, 30);
  await site.closeTabs();
  await site.front.mend();
  await site.withStorage(async (start) => {
    const root = await navigator.storage.getDirectory();
    const folder = await (await root.getDirectoryHandle('ingesthub-replica')).getDirectoryHandle('files');
    const file = await folder.getFileHandle('contents');
    const { size } = await file.getFile();
    const writable = await file.createWritable({ keepExistingData: true });
    const position = Math.floor(size * start);
    const bytes = new Uint8Array(Math.floor(size * 0.4)).fill(7);
    await writable.write({ type: 'write', position, data: bytes });
    if (start === 0) await writable.truncate(0);
    await writable.close();
  }, from);

  const after = await site.newTab();
  await expect
    .poll(async () => {
      await after.evaluate(() =>
        page.replica
          .query({ text: 'SELECT count(a), count(t) FROM assets a, asset_tags t', values: [] })
          .catch(() => {}),
      );
      return noticesOf(after);
    })
    .toContain('was damaged and has been rebuilt. 1 unsent change was kept.');
  await isReady(after);
  expect(await countAssets(after)).toBe(ASSETS);
  await expect.poll(() => countTagged(after, name)).toBe(30);
  await expect.poll(() => site.taggedInPostgres(name)).toBe(30);
});

test('openReplica: without room changes fail with a message and reads go on; everything resumes when there is room', async () => {
  const tab = await site.newTab();
  await isReady(tab);
  const session = await site.context.newCDPSession(tab);
  const origin = site.front.url;
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage });
  // The app has not noticed yet: Postgres itself runs out of room.
  const refusal = await tab.evaluate(async () => {
    const rows = await page.replica.query<{ id: string }>({ text: 'SELECT id FROM assets', values: [] });
    for (let round = 0; round < 100; round++) {
      try {
        await page.replica.mutate('assets.tag', { ids: rows.map(({ id }) => id), add: [`round ${round}`], remove: [] });
      } catch (error) {
        return `${round} ${String(error)}`;
      }
    }
    return 'never refused';
  });
  expect(refusal).toContain('This device has no room left for changes');
  const made = Number.parseInt(refusal, 10);
  expect((await statusOf(tab)).full).toBe(true);
  expect(await countAssets(tab)).toBe(ASSETS);
  await site.database.sql`UPDATE assets SET camera = 'full'`;

  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await expect.poll(async () => (await statusOf(tab)).full).toBe(false);
  await tag(tab, 'room again', 10);
  await expect.poll(() => site.taggedInPostgres('room again')).toBe(10);
  const counted = { text: `SELECT count(*)::integer AS count FROM assets WHERE camera = 'full'`, values: [] };
  await expect
    .poll(() => tab.evaluate((statement) => page.replica.query(statement), counted))
    .toEqual([{ count: ASSETS }]);
  await tab.reload();
  await isReady(tab);
  for (let round = 0; round < made; round++) expect(await countTagged(tab, `round ${round}`)).toBe(ASSETS);
  expect(await countTagged(tab, `round ${made}`)).toBe(0);
  expect(await tab.evaluate(() => page.replica.audit())).toMatchObject({ repairedRows: 0, unrepaired: [] });
});

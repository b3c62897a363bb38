import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { REPLICA_VERSION } from '../open/replica-version.ts';
import type { TestPage } from '../testing/image/page.ts';
import { countAssets, countTagged, isReady, noticesOf, ReplicaSite, statusOf, tag } from './testing/replica-site.ts';

declare const page: TestPage;

const ASSETS = 2000;

let site: ReplicaSite;
const tabs: Page[] = [];

beforeAll(async () => {
  site = await ReplicaSite.open({ assets: ASSETS });
}, 180_000);
afterEach(async () => {
  await closeTabs();
  await site.front.cut();
  await site.front.mend();
});
afterAll(() => site[Symbol.asyncDispose]());

async function openTab(): Promise<Page> {
  const tab = await site.newTab();
  tabs.push(tab);
  return tab;
}

/** Waits until all earlier changes are confirmed in the tab: Postgres may have a change before the tab knows. */
async function isSettled(tab: Page): Promise<void> {
  await isReady(tab);
  await expect.poll(async () => (await statusOf(tab)).unsent).toBe(0);
}

async function closeTabs(): Promise<void> {
  for (const tab of tabs.splice(0)) await tab.close();
}

async function taggedInPostgres(name: string): Promise<number> {
  const [row] = await site.database.sql`SELECT count(*)::integer AS count FROM asset_tags WHERE tag = ${name}`;
  return row?.['count'];
}

async function appliedInPostgres(): Promise<number> {
  const [row] = await site.database.sql`SELECT count(*)::integer AS count FROM mutations WHERE status = 'applied'`;
  return row?.['count'];
}

async function crash(tab: Page): Promise<void> {
  const session = await site.context.newCDPSession(tab);
  const crashed = new Promise((resolve) => tab.once('crash', resolve));
  session.send('Page.crash').catch(() => {});
  await crashed;
}

test('openReplica: another leader takes over after a crash, and every request is carried out once', async () => {
  const leader = await openTab();
  await isReady(leader);
  const other = await openTab();
  await isReady(other);
  const before = await appliedInPostgres();
  // Requests keep coming before, during and after the leader's death.
  await other.evaluate(async () => {
    const rows = await page.replica.query<{ id: string }>({
      text: 'SELECT id FROM assets ORDER BY id LIMIT 40',
      values: [],
    });
    const asking = rows.map(async ({ id }, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 25));
      await page.replica.mutate('assets.tag', { ids: [id], add: ['through a crash'], remove: [] });
      return (await page.replica.query({ text: 'SELECT FROM assets', values: [] })).length;
    });
    Object.assign(globalThis, { answers: Promise.all(asking) });
  });
  await crash(leader);
  const answers = await other.evaluate(() => (globalThis as unknown as { answers: Promise<number[]> }).answers);
  expect(answers).toEqual(Array.from({ length: 40 }, () => ASSETS));
  expect(await countTagged(other, 'through a crash')).toBe(40);
  await expect.poll(() => taggedInPostgres('through a crash')).toBe(40);
  expect(await appliedInPostgres()).toBe(before + 40);
});

test('openReplica: tabs of two versions leave each other’s replica alone and show what to do', async () => {
  const old = await openTab();
  await isReady(old);
  await tag(old, 'before the update', 10);
  await expect.poll(() => taggedInPostgres('before the update')).toBe(10);
  await isSettled(old);
  await site.serveBuild(1);
  const later = await openTab();
  await expect.poll(async () => (await statusOf(later)).problem).toContain('An older version');
  await expect.poll(() => noticesOf(old)).toContain('A newer version');
  await site.front.cut();
  await tag(old, 'unsent at the update', 20);
  expect((await statusOf(old)).unsent).toBe(1);

  // The old tab closes: the new one rebuilds the replica with the unsent change, which it can still undo.
  await old.close();
  await site.front.mend();
  await isReady(later);
  expect(await noticesOf(later)).toContain('1 unsent change was kept');
  await expect.poll(() => countTagged(later, 'unsent at the update')).toBe(20);
  await expect.poll(() => taggedInPostgres('unsent at the update')).toBe(20);
  expect(await later.evaluate(() => page.replica.undo())).toEqual({ label: 'Tag unsent at the update' });
  await expect.poll(() => taggedInPostgres('unsent at the update')).toBe(0);

  // An old page does not take over a newer replica.
  await site.serveBuild(0);
  const straggler = await openTab();
  await expect.poll(async () => (await statusOf(straggler)).problem).toContain('reload this page');
  await later.close();
  await expect.poll(async () => (await statusOf(straggler)).problem).toContain('has been used in this browser');
  // Nor does it block newer pages.
  await site.serveBuild(1);
  const newer = await openTab();
  await isReady(newer);
  await newer.close();
  await straggler.reload();
  await isReady(straggler);
  expect(await noticesOf(straggler)).toBe('');
  expect(await countTagged(straggler, 'before the update')).toBe(10);
});

test('openReplica: an old page leaves alone a replica that a newer page has begun to rebuild, and its unsent changes', async () => {
  const tab = await openTab();
  await isSettled(tab);
  await site.front.cut();
  await tag(tab, 'unsent at an interruption', 15);
  await expect.poll(async () => (await statusOf(tab)).unsent).toBe(1);
  await crash(tab);
  await closeTabs();
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
  const old = await openTab();
  await expect.poll(async () => (await statusOf(old)).problem).toContain('has been used in this browser');
  await site.serveBuild(2);
  const newer = await openTab();
  await isReady(newer);
  expect(await noticesOf(newer)).toContain('rebuilt for this version. 1 unsent change was kept.');
  await expect.poll(() => taggedInPostgres('unsent at an interruption')).toBe(15);
  // The following tests use the older build.
  await site.serveBuild(0);
  await closeTabs();
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
  const tab = await openTab();
  await isSettled(tab);
  await site.front.cut();
  await tag(tab, name, 30);
  await closeTabs();
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

  const after = await openTab();
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
  await expect.poll(() => taggedInPostgres(name)).toBe(30);
});

test('openReplica: refills storage that the browser has deleted, and reports lost changes', async () => {
  const tab = await openTab();
  await isSettled(tab);
  await site.front.cut();
  await tag(tab, 'lost', 5);
  await expect.poll(async () => (await statusOf(tab)).unsent).toBe(1);
  // A closed page runs on for a moment and would send the change.
  await crash(tab);
  await closeTabs();
  await site.front.mend();
  await site.withStorage(async (name) => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(name, { recursive: true });
  }, 'ingesthub-replica');
  const after = await openTab();
  await isReady(after);
  expect(await noticesOf(after)).toContain('1 change that was not sent yet');
  expect(await countAssets(after)).toBe(ASSETS);
  expect(await countTagged(after, 'lost')).toBe(0);
});

test('openReplica: without room changes fail with a message and reads go on; everything resumes when there is room', async () => {
  const tab = await openTab();
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
  await expect.poll(() => taggedInPostgres('room again')).toBe(10);
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

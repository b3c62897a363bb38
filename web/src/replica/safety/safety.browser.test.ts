import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
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

async function appliedInPostgres(): Promise<number> {
  const [row] = await site.database.sql`SELECT count(*)::integer AS count FROM mutations WHERE status = 'applied'`;
  return row?.['count'];
}

test('openReplica: another leader takes over after a crash, and every request is carried out once', async () => {
  const leader = await site.newTab();
  await isReady(leader);
  const other = await site.newTab();
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
  await site.crash(leader);
  const answers = await other.evaluate(() => (globalThis as unknown as { answers: Promise<number[]> }).answers);
  expect(answers).toEqual(Array.from({ length: 40 }, () => ASSETS));
  expect(await countTagged(other, 'through a crash')).toBe(40);
  await expect.poll(() => site.taggedInPostgres('through a crash')).toBe(40);
  expect(await appliedInPostgres()).toBe(before + 40);
});

test('openReplica: tabs of two versions leave each other’s replica alone and show what to do', async () => {
  const old = await site.newTab();
  await isReady(old);
  await tag(old, 'before the update', 10);
  await expect.poll(() => site.taggedInPostgres('before the update')).toBe(10);
  await isSettled(old);
  await site.serveBuild(1);
  const later = await site.newTab();
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
  await expect.poll(() => site.taggedInPostgres('unsent at the update')).toBe(20);
  expect(await later.evaluate(() => page.replica.undo())).toEqual({ label: 'Tag unsent at the update' });
  await expect.poll(() => site.taggedInPostgres('unsent at the update')).toBe(0);

  // An old page does not take over a newer replica.
  await site.serveBuild(0);
  const straggler = await site.newTab();
  await expect.poll(async () => (await statusOf(straggler)).problem).toContain('reload this page');
  await later.close();
  await expect.poll(async () => (await statusOf(straggler)).problem).toContain('has been used in this browser');
  // Nor does it block newer pages.
  await site.serveBuild(1);
  const newer = await site.newTab();
  await isReady(newer);
  await newer.close();
  await straggler.reload();
  await isReady(straggler);
  expect(await noticesOf(straggler)).toBe('');
  expect(await countTagged(straggler, 'before the update')).toBe(10);
});

test('openReplica: refills storage that the browser has deleted, and reports lost changes', async () => {
  const tab = await site.newTab();
  await isSettled(tab);
  await site.front.cut();
  await tag(tab, 'lost', 5);
  await expect.poll(async () => (await statusOf(tab)).unsent).toBe(1);
  // A closed page runs on for a moment and would send the change.
  await site.crash(tab);
  await site.closeTabs();
  await site.front.mend();
  await site.withStorage(async (name) => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(name, { recursive: true });
  }, 'ingesthub-replica');
  const after = await site.newTab();
  await isReady(after);
  expect(await noticesOf(after)).toContain('1 change that was not sent yet');
  expect(await countAssets(after)).toBe(ASSETS);
  expect(await countTagged(after, 'lost')).toBe(0);
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isReady, ReplicaSite, statusOf, tag } from '../safety/testing/replica-site.ts';
import type { TestPage } from '../testing/image/page.ts';

declare const page: TestPage;

/** Enough for a scope to be kept. */
const ASSETS = 6000;
const FOLDER = ['ingesthub-replica', 'files'];

let site: ReplicaSite;
beforeAll(async () => {
  site = await ReplicaSite.open({ assets: ASSETS });
}, 180_000);
afterAll(() => site[Symbol.asyncDispose]());

async function openTab(): Promise<Page> {
  const tab = await site.newTab();
  await isReady(tab);
  await expect.poll(async () => (await statusOf(tab)).unsent).toBe(0);
  return tab;
}

/** Asks for the whole library by name. @returns null when it would have to be read from SQL first. */
function ask(tab: Page, atHand: boolean): Promise<{ ids: string[]; tags: Record<string, number> } | null> {
  return tab.evaluate(async (only) => {
    const list = await page.replica.ask(
      {
        scope: { kind: 'library' },
        where: {},
        sort: { by: 'name', descending: false },
        facets: { tags: { column: 'tag' } },
        atHand: only,
      },
      'test',
    );
    if (list === null) return null;
    const tags = list.facets['tags'] ?? [];
    return {
      ids: list.order.slice(0, list.order.length),
      tags: Object.fromEntries(tags.map(({ value, count }) => [value, count])),
    };
  }, atHand);
}

/** Reads by SQL what {@link ask} answers. */
async function read(tab: Page): Promise<Awaited<ReturnType<typeof ask>>> {
  const [assets, tags] = await tab.evaluate(() =>
    Promise.all([
      page.replica.query<{ id: string }>({
        text: `SELECT id FROM assets WHERE deleted_at IS NULL ORDER BY name COLLATE "C", id`,
        values: [],
      }),
      page.replica.query<{ tag: string; count: number }>({
        text: `SELECT tag, count(*)::integer AS count FROM asset_tags JOIN assets ON id = asset_id
          WHERE deleted_at IS NULL GROUP BY tag`,
        values: [],
      }),
    ]),
  );
  return {
    ids: assets.map(({ id }) => id),
    tags: Object.fromEntries(tags.map((row) => [row.tag, row.count])),
  };
}

/** Waits until a file holds the scope. */
async function isKept(tab: Page): Promise<void> {
  await expect
    .poll(() =>
      tab.evaluate(async (path) => {
        let folder = await navigator.storage.getDirectory();
        for (const name of path) folder = await folder.getDirectoryHandle(name);
        const file = await (await folder.getFileHandle('scope-0')).getFile();
        // Its first word is written last.
        return new Uint32Array(await file.slice(0, 4).arrayBuffer())[0] ?? 0;
      }, FOLDER),
    )
    .toBeGreaterThan(0);
}

/** Copies the files of scopes within the origin's storage. */
async function copyFiles(from: 'scope' | 'former', to: 'scope' | 'former'): Promise<void> {
  await site.withStorage(
    async (names) => {
      let folder = await navigator.storage.getDirectory();
      for (const name of names.path) folder = await folder.getDirectoryHandle(name);
      for (let number = 0; number < 4; number++) {
        const file = await (await folder.getFileHandle(`${names.from}-${number}`)).getFile();
        const target = await folder.getFileHandle(`${names.to}-${number}`, { create: true });
        const writable = await target.createWritable();
        await writable.write(await file.arrayBuffer());
        await writable.close();
      }
    },
    { from, to, path: FOLDER },
  );
}

test('openReplica: answers from a file after a reload, with the changes of a tab that crashed', async () => {
  const tab = await openTab();
  expect(await ask(tab, true)).toBeNull();
  expect((await ask(tab, false))?.ids).toHaveLength(ASSETS);
  await isKept(tab);
  await tag(tab, 'before a reload', 30);
  await tab.reload();
  await isReady(tab);
  const answer = await ask(tab, true);
  expect(answer?.tags['before a reload']).toBe(30);
  expect(answer).toEqual(await read(tab));

  await tag(tab, 'before a crash', 20);
  const crashed = new Promise((resolve) => tab.once('crash', resolve));
  const session = await site.context.newCDPSession(tab);
  session.send('Page.crash').catch(() => {});
  await crashed;
  await tab.close();
  const next = await openTab();
  const after = await ask(next, true);
  expect(after?.tags['before a crash']).toBe(20);
  expect(after).toEqual(await read(next));
  await next.close();
});

test('openReplica: reads from SQL what a file lacks after a power cut', async () => {
  const tab = await openTab();
  expect(await ask(tab, true)).not.toBeNull();
  await tab.close();
  await copyFiles('scope', 'former');
  const changing = await openTab();
  await tag(changing, 'after the file', 10);
  await changing.close();
  await copyFiles('former', 'scope');
  const after = await openTab();
  expect(await ask(after, true)).toBeNull();
  const answer = await ask(after, false);
  expect(answer?.tags['after the file']).toBe(10);
  expect(answer).toEqual(await read(after));
});

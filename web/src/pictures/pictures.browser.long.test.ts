import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestPage } from './testing/page.tsx';
import { type AssetFacts, addressOf, PicturesSite } from './testing/pictures-site.ts';

declare const page: TestPage;

let site: PicturesSite;

beforeAll(async () => {
  site = await PicturesSite.open();
}, 180_000);
afterAll(() => site[Symbol.asyncDispose]());
beforeEach(() => site.beginAgain());

test('KeepOffline: removes the picture of a deleted asset, and fetches it again when the asset is restored', async () => {
  const id = site.assets[5]?.id ?? '';
  await site.clickKeep();
  await site.popover().getByText('1,000 of 1,001 pictures are on this device').waitFor();
  await site.database.sql`UPDATE assets SET deleted_at = now() WHERE id = ${id}`;
  await site.fillReplica();
  await site.popover().getByText('999 of 1,000 pictures are on this device').waitFor();
  site.front.brought.length = 0;
  await site.database.sql`UPDATE assets SET deleted_at = NULL WHERE id = ${id}`;
  await site.fillReplica();
  await site.popover().getByText('1,000 of 1,001 pictures are on this device').waitFor();
  expect(site.front.brought).toEqual([id]);
});

test('KeepOffline: reports a full device and keeps the pictures on it, and resumes when there is room', async () => {
  site.front.packsLeft = 2;
  await site.clickKeep();
  await site.popover().getByText('512 of 1,001 pictures are on this device').waitFor();
  site.front.packsLeft = Number.POSITIVE_INFINITY;
  await site.setQuota(1);
  await site.button('Device full').click();
  await site.popover().getByText('512 of 1,001 pictures are on this device, which is full').waitFor();
  await site.storage().getByRole('alert').waitFor();
  const [first] = site.assets;
  await site.front.cut();
  expect(await site.fetchPictures([addressOf(first as AssetFacts)])).toEqual([first?.content]);
  await site.front.mend();
  // Pictures that are not kept are still shown.
  expect(await site.fetchPictures([addressOf(site.assets.at(-1) as AssetFacts)])).toEqual([
    site.assets.at(-1)?.content,
  ]);

  await site.popover().getByRole('button', { name: 'Try again' }).click();
  await site.popover().getByText('512 of 1,001 pictures are on this device, which is full').waitFor();
  await site.setQuota(null);
  await site.button('Kept offline').click();
  await site.popover().getByText('1,000 of 1,001 pictures are on this device').waitFor();
});

test('rememberPicture: drops the least recently used pictures beyond its bound, and keeps correct totals', async () => {
  await site.tab.evaluate(async () => {
    const bounds = { maxCount: 20, maxBytes: 1_000_000 };
    const remember = (index: number) =>
      page.seen.rememberPicture(`/seen/${index}`, new Response('x'.repeat(100)), bounds);
    for (let index = 0; index < 20; index += 1) await remember(index);
    const noted: Promise<unknown>[] = [];
    const event = { waitUntil: (promise: Promise<unknown>) => noted.push(promise) } as unknown as ExtendableEvent;
    for (const index of [0, 1, 2]) await page.seen.seenPicture(`/seen/${index}`, event);
    await Promise.all(noted);
    for (let index = 20; index < 24; index += 1) await remember(index);
  });
  await site.openPage();
  const left = await site.tab.evaluate(async () => {
    const event = { waitUntil: () => {} } as unknown as ExtendableEvent;
    const all = await Promise.all(
      Array.from({ length: 24 }, (_, index) => page.seen.seenPicture(`/seen/${index}`, event)),
    );
    return { here: all.flatMap((found, index) => (found ? [index] : [])), totals: await page.seen.seenTotals() };
  });
  expect(left.here).toEqual(expect.arrayContaining([0, 1, 2, 20, 21, 22, 23]));
  expect(left.here).not.toContain(3);
  expect(left.totals).toEqual({ count: left.here.length, bytes: 100 * left.here.length });
});

test('picturesDatabase: goes on with a video that version 1 was keeping offline', async () => {
  await site.tab.goto('about:blank');
  await site.tab.goto(`${site.front.url}/api/health`);
  await site.tab.evaluate(async (id) => {
    const name = 'ihub-pictures';
    const done = (request: IDBRequest) =>
      new Promise((resolve, reject) => {
        request.onsuccess = resolve;
        request.onerror = () => reject(request.error);
      });
    await done(indexedDB.deleteDatabase(name));
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      const { result } = opening;
      for (const store of ['contents', 'bodies', 'pictures', 'parts', 'totals']) result.createObjectStore(store);
      result.createObjectStore('scopes', { keyPath: 'key' });
      const packs = result.createObjectStore('packs', { keyPath: 'number' });
      packs.createIndex('package', 'packageId');
      packs.createIndex('project', 'projectId');
      result
        .createObjectStore('movies', { keyPath: 'assetId' })
        .put({ assetId: id, address: '', file: null, bytesHere: 0 });
      result.createObjectStore('seen', { keyPath: 'address' }).createIndex('used', 'usedAt');
    };
    await done(opening);
    opening.result.close();
  }, site.videoId);
  await site.openPage();
  await site.tab.evaluate((id) => page.showVideo(id), site.videoId);
  await site.tab.getByText(/^Kept offline, .* MB$/).waitFor();
});

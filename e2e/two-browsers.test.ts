import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPerson } from './src/browser.ts';
import { CuttableNetwork } from './src/cuttable-network.ts';
import { type FaceLibrary, startFaceLibrary } from './src/face-library.ts';
import { PackagePage } from './src/package-page.ts';
import { countTagged, postgresTags } from './src/postgres-tags.ts';

const CROPS = 300;

let library: FaceLibrary;
beforeAll(async () => {
  library = await startFaceLibrary(CROPS, 'Two browsers');
});
afterAll(() => library[Symbol.asyncDispose]());

test('shows a tag on 200 assets in another browser without a reload, and keeps the offline work of one and the online work of the other', async () => {
  const { product, sql, packageId } = library;
  await using network = await CuttableNetwork.to(product.port);
  await using ada = await newPerson(network.url);
  await using ben = await newPerson(product.url);
  const a = await PackagePage.open(ada.page, network.url, packageId);
  const b = await PackagePage.open(ben.page, product.url, packageId);
  await a.says('shown', `${CROPS} of ${CROPS}`);
  await b.says('shown', `${CROPS} of ${CROPS}`);

  // A tags 200 assets, and B shows the tags without navigating.
  let reloads = 0;
  ben.page.on('framenavigated', (frame) => {
    if (frame === ben.page.mainFrame()) reloads++;
  });
  await a.select(0, 199);
  await a.tagSelected('keeper');
  await expect.poll(async () => countTagged(await a.tags(), 'keeper')).toBe(200);
  await a.says('unsent', 'All changes sent');
  await expect.poll(async () => countTagged(await b.tags(), 'keeper')).toBe(200);
  await ben.page.locator('[role=option][data-index="0"]', { hasText: 'keeper' }).waitFor();
  expect(reloads).toBe(0);

  // A's network is cut, and its page is reloaded without one.
  await expect.poll(async () => (await a.pictures()).length).toBeGreaterThan(10);
  await network.cut();
  await a.says('online', 'Offline');
  await ada.page.reload();
  await a.says('shown', `${CROPS} of ${CROPS}`);
  await a.says('online', 'Offline');
  expect(countTagged(await a.tags(), 'keeper')).toBe(200);
  await expect.poll(async () => (await a.pictures()).length).toBeGreaterThan(10);
  await a.filterByText('0010');
  await a.says('shown', `11 of ${CROPS}`);
  await a.filterByText('');
  await a.says('shown', `${CROPS} of ${CROPS}`);
  await a.scrollToEnd();
  await ada.page.locator(`[role=option][data-index="${CROPS - 1}"]`).waitFor();
  await a.select(100, 149);
  await a.tagSelected('made offline');
  await a.says('unsent', '1 change to send');
  expect(countTagged(await a.tags(), 'made offline')).toBe(50);
  expect(countTagged(await postgresTags(sql), 'made offline')).toBe(0);

  // Meanwhile B works on some of the same assets.
  await b.select(120, 179);
  await b.tagSelected('made online');
  await expect.poll(async () => countTagged(await b.tags(), 'made online')).toBe(60);
  await b.says('unsent', 'All changes sent');
  expect(countTagged(await postgresTags(sql), 'made online')).toBe(60);

  // A is back online, and all agree on every tag.
  await network.mend();
  await a.says('online', 'Online');
  await a.says('unsent', 'All changes sent');
  await expect.poll(() => b.tags()).toEqual(await postgresTags(sql));
  await expect.poll(() => a.tags()).toEqual(await postgresTags(sql));
  const all = await postgresTags(sql);
  expect(['keeper', 'made offline', 'made online'].map((tag) => countTagged(all, tag))).toEqual([200, 50, 60]);
  const both = [...all.values()].filter((set) => set.includes('made offline') && set.includes('made online'));
  expect(both.length).toBe(30);
  expect([ada.complaints, ben.complaints]).toEqual([[], []]);
});

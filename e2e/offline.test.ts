import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPerson } from './src/browser.ts';
import { crashTab } from './src/crash-tab.ts';
import { CuttableNetwork } from './src/cuttable-network.ts';
import { type FaceLibrary, startFaceLibrary } from './src/face-library.ts';
import { PackagePage } from './src/package-page.ts';
import { countTagged, postgresTags } from './src/postgres-tags.ts';

const CROPS = 120;

let library: FaceLibrary;
beforeAll(async () => {
  library = await startFaceLibrary(CROPS, 'On a train');
});
afterAll(() => library[Symbol.asyncDispose]());

test('keeps browsing, search, tags and undo working offline across a reload, a second tab and a crashed tab, and sends every change once the network is back, even though the shape of tags must be fetched again', async () => {
  const { product, sql, packageId } = library;
  await using network = await CuttableNetwork.to(product.port);
  await using ada = await newPerson(network.url);
  const first = await PackagePage.open(ada.page, network.url, packageId);
  await first.says('shown', `${CROPS} of ${CROPS}`);
  await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await network.cut();
  await first.says('online', 'Offline');

  await first.filterByText('0010');
  await first.says('shown', `11 of ${CROPS}`);
  await first.filterByText('');
  await first.says('shown', `${CROPS} of ${CROPS}`);
  await first.select(0, 29);
  await first.tagSelected('kept');
  await first.select(20, 39);
  await first.tagSelected('taken back');
  await expect.poll(async () => countTagged(await first.tags(), 'taken back')).toBe(20);
  await ada.page.keyboard.press('Control+z');
  await expect.poll(async () => countTagged(await first.tags(), 'taken back')).toBe(0);
  await ada.page.reload();
  await first.says('shown', `${CROPS} of ${CROPS}`);
  await first.says('unsent', '3 changes to send');

  const page = await ada.context.newPage();
  await page.goto(`${network.url}/packages/${packageId}`);
  const second = PackagePage.of(page);
  await second.says('shown', `${CROPS} of ${CROPS}`);
  await second.select(50, 59);
  await second.tagSelected('of the second tab');
  await crashTab(ada.page);
  const crashedAt = performance.now();
  expect(countTagged(await second.tags(), 'of the second tab')).toBe(10);
  console.info(`Answered ${Math.round(performance.now() - crashedAt)} ms after the leader crashed.`);
  await second.select(60, 64);
  await second.tagSelected('after the crash');
  await second.says('unsent', '5 changes to send');
  expect(countTagged(await second.tags(), 'kept')).toBe(30);

  // Meanwhile another client adds tags, and the table changes, so that the shape of tags must be fetched again.
  await sql`ALTER TABLE asset_tags ADD COLUMN remark text`;
  await sql`
    INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
    SELECT id, 'theirs', package_id, project_id FROM assets ORDER BY name LIMIT 25`;
  expect(countTagged(await postgresTags(sql), 'kept')).toBe(0);

  await network.mend();
  await second.says('online', 'Online');
  await second.says('unsent', 'All changes sent');
  const agreed = await postgresTags(sql);
  const counts = ['kept', 'taken back', 'of the second tab', 'after the crash', 'theirs'].map((tag) =>
    countTagged(agreed, tag),
  );
  expect(counts).toEqual([30, 0, 10, 5, 25]);
  expect((await sql`SELECT FROM mutations WHERE status = 'applied'`).length).toBe(5);
  await expect.poll(() => second.tags()).toEqual(agreed);

  await using ben = await newPerson(product.url);
  const other = await PackagePage.open(ben.page, product.url, packageId);
  await expect.poll(() => other.tags()).toEqual(agreed);
  expect([ada.complaints, ben.complaints]).toEqual([[], []]);
});

import { derivativeKey } from '@ingesthub/schema/library/derivatives.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestPage } from './testing/page.tsx';
import { type AssetFacts, addressOf, PicturesSite, WEBP } from './testing/pictures-site.ts';

declare const page: TestPage;

let site: PicturesSite;

beforeAll(async () => {
  site = await PicturesSite.open();
}, 180_000);
afterAll(() => site[Symbol.asyncDispose]());
beforeEach(() => site.beginAgain());

test('KeepOffline: resumes after a stop and a reload without fetching a picture twice, then serves all of them offline', async () => {
  await site.button('Keep offline').click();
  await site.popover().getByText('1,001 pictures, about').waitFor();
  site.front.packsLeft = 2;
  await site.popover().getByRole('button', { name: 'Keep offline' }).click();
  await site.popover().getByText('512 of 1,001 pictures are on this device').waitFor();
  await site.popover().getByRole('button', { name: 'Stop' }).click();
  await site.button('Stopped at 51%').waitFor();
  await site.popover().getByRole('button', { name: 'Resume' }).click();
  await site.button('Keeping offline, 51%').waitFor();

  site.front.packsLeft = Number.POSITIVE_INFINITY;
  await site.openPage();
  await site.button('Kept offline').click();
  await site.popover().getByText('1,000 of 1,001 pictures are on this device').waitFor();
  // The last one is the video's thumbnail, which the server does not have.
  expect(site.front.brought.toSorted()).toEqual([...site.assets.map((asset) => asset.id), site.videoId].toSorted());

  await site.front.cut();
  expect(await site.fetchPictures(site.assets.map(addressOf))).toEqual(site.assets.map((asset) => asset.content));
  expect(site.front.media).toEqual([]);
  const width = await site.tab.evaluate(
    async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return image.naturalWidth;
    },
    addressOf(site.assets[500] as AssetFacts),
  );
  expect(width).toBe(16);
  await site.front.mend();
});

test('KeepOffline: replaces a changed picture, adds that of a new asset, and fetches nothing else', async () => {
  await site.clickKeep();
  await site.popover().getByText('1,000 of 1,001 pictures are on this device').waitFor();
  site.front.brought.length = 0;
  const [changed, former] = [site.assets[3] as AssetFacts, addressOf(site.assets[3] as AssetFacts)];
  const added = uuid();
  const keys = [added, changed.id].map((id) =>
    derivativeKey('thumbnail', { hash: id.replaceAll('-', '').repeat(2), extension: 'png' }),
  );
  for (const [index, key] of keys.entries())
    await site.writeDerivative(
      key,
      Buffer.concat([WEBP, Buffer.from([added, `changed ${changed.id}`.slice(0, 36)][index] ?? '')]),
    );
  await site.database.sql`UPDATE assets SET thumbnail_key = ${keys[1] ?? ''} WHERE id = ${changed.id}`;
  await site.database.sql`
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at, thumbnail_status, thumbnail_key)
    VALUES (${added}, ${site.projectId}, ${site.packageId}, 'new.png', 'new.png', 'image', 'aligned', 1000, now(), 'ready', ${keys[0] ?? ''})`;
  await site.fillReplica();
  await site.popover().getByText('1,001 of 1,002 pictures are on this device').waitFor();
  await expect.poll(() => site.front.brought.toSorted()).toEqual([added, changed.id].toSorted());
  await site.readAssets();
  await site.front.cut();
  const now = site.assets.filter((asset) => asset.id === changed.id || asset.id === added);
  await expect
    .poll(() => site.fetchPictures(now.map(addressOf)))
    .toEqual([`changed ${changed.id}`.slice(0, 36), added]);
  expect(await site.fetchPictures([former])).toEqual([null]);
  await site.front.mend();
});

test('KeepVideo: resumes after a reload with the interrupted part, then plays and seeks offline', async () => {
  site.front.mediaLeft = 1;
  await site.tab.evaluate((id) => page.showVideo(id), site.videoId);
  await site.button('Keep this video offline').click();
  await site.tab.getByText(/^4.2 MB of .* MB on this device$/).waitFor();
  site.front.mediaLeft = Number.POSITIVE_INFINITY;
  await site.openPage();
  await site.tab.evaluate((id) => page.showVideo(id), site.videoId);
  await site.tab.getByText(/^Kept offline, .* MB$/).waitFor();
  const part = 4 * 1024 * 1024;
  const starts = Array.from({ length: Math.ceil(site.clip.length / part) }, (_, index) => index * part);
  expect(site.front.media).toEqual(starts.map((start) => `proxy bytes=${start}-${start + part - 1}`));

  await site.front.cut();
  const [row] = await site.database.sql<
    { proxy_version: number }[]
  >`SELECT proxy_version FROM assets WHERE id = ${site.videoId}`;
  const address = `/media/assets/${site.videoId}/proxy?v=${row?.proxy_version}`;
  const ranges: [string | null, number, Buffer, string | null][] = [
    ['bytes=0-9', 206, site.clip.subarray(0, 10), `bytes 0-9/${site.clip.length}`],
    [
      `bytes=${part - 5}-${part + 4}`,
      206,
      site.clip.subarray(part - 5, part + 5),
      `bytes ${part - 5}-${part + 4}/${site.clip.length}`,
    ],
    [
      'bytes=-7',
      206,
      site.clip.subarray(-7),
      `bytes ${site.clip.length - 7}-${site.clip.length - 1}/${site.clip.length}`,
    ],
    [`bytes=${site.clip.length}-`, 416, Buffer.alloc(0), `bytes */${site.clip.length}`],
  ];
  for (const [range, status, bytes, contentRange] of ranges) {
    const got = await site.tab.evaluate(
      async ([address, range]) => {
        const response = await fetch(address, { headers: { range: range ?? '' } });
        return [
          response.status,
          [...new Uint8Array(await response.arrayBuffer())],
          response.headers.get('content-range'),
        ];
      },
      [address, range] as const,
    );
    expect(got).toEqual([status, [...bytes], contentRange]);
  }
  const seeked = await site.tab.evaluate(async (address) => {
    const video = document.createElement('video');
    video.muted = true;
    video.src = address;
    await new Promise((resolve, reject) => {
      video.onloadedmetadata = resolve;
      video.onerror = () => reject(new Error(video.error?.message));
    });
    video.currentTime = 3;
    await new Promise((resolve) => {
      video.onseeked = resolve;
    });
    return [video.videoWidth, video.currentTime, video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA];
  }, address);
  expect(seeked).toEqual([640, 3, true]);
  await site.front.mend();
});

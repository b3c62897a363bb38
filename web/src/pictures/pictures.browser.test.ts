import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runFfmpeg } from '@ingesthub/fixtures/run-ffmpeg.ts';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativeKey, derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestServer, type TestServer } from '../replica/testing/test-server.ts';
import { buildTestPage } from './testing/build-page.ts';
import { FrontServer } from './testing/front-server.ts';
import type { TestPage } from './testing/page.tsx';

declare const page: TestPage;

const PICTURES = 1000;
/** The key of a thumbnail that the server does not have. */
const MISSING_PICTURE = derivativeKey('thumbnail', { hash: 'ff'.repeat(32), extension: 'png' });
/** A picture of 16 x 8 pixels. Decoders ignore the bytes appended to it, which differ for each asset. */
const WEBP = Buffer.from(
  'UklGRjwAAABXRUJQVlA4IDAAAADQAQCdASoQAAgAAgA0JaACdLoB+AADsAD+8Oj3/yC5YXXI1/8gP+QH/ID/+PIAAAA=',
  'base64',
);

interface AssetFacts {
  id: string;
  thumbnail_version: number;
  content: string;
}

const stack = new AsyncDisposableStack();
const projectId = uuid();
const packageId = uuid();
const videoId = uuid();
let folder: string;
let database: TestDatabase;
let server: TestServer;
let front: FrontServer;
let context: BrowserContext;
let tab: Page;
let browser: CDPSession;
let clip: Buffer;
let assets: AssetFacts[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-pictures-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  database = stack.use(await createTestDatabase());
  clip = await makeClip();
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
  browser = await context.newCDPSession(tab);
  await openPage();
  await tab.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
}, 180_000);
afterAll(() => stack.disposeAsync());
beforeEach(async () => {
  // The server requests a missing picture to be regenerated once; these tests need one that stays missing.
  await database.sql`UPDATE assets SET thumbnail_status = 'ready', thumbnail_key = ${MISSING_PICTURE} WHERE id = ${videoId}`;
  front.packsLeft = Number.POSITIVE_INFINITY;
  front.brought.length = 0;
  front.media.length = 0;
  front.mediaLeft = Number.POSITIVE_INFINITY;
  await tab.keyboard.press('Escape');
  const remove = button('Remove everything kept offline');
  await remove.or(storage().getByText('Kept offline · 0 pictures')).first().waitFor();
  if (await remove.isVisible()) await remove.click();
  await storage().getByText('Kept offline · 0 pictures').waitFor();
  await button('Keep offline').waitFor();
});

async function writeDerivative(key: string, bytes: Buffer): Promise<void> {
  const file = path.join(folder, 'derivatives', derivativePath(key));
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

/** Makes a video of noise, which is large: slightly more than two parts. */
async function makeClip(): Promise<Buffer> {
  const file = path.join(folder, 'clip.mp4');
  const source = ['-f', 'lavfi', '-i', 'testsrc=size=640x360:rate=24:duration=4,noise=alls=90:allf=t'];
  const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-b:v', '20M'];
  await runFfmpeg({ args: [...source, ...codec, '-movflags', '+faststart', file] });
  return readFile(file);
}

async function insertLibrary(): Promise<void> {
  const { sql } = database;
  await sql`INSERT INTO projects (id, name, type) VALUES (${projectId}, 'Project', 'vfx')`;
  await sql`INSERT INTO packages (id, project_id, name, type, source_path) VALUES (${packageId}, ${projectId}, 'Package', 'vfx', '/media')`;
  const rows = Array.from({ length: PICTURES }, (_, index) => {
    const name = `${String(index).padStart(4, '0')}.png`;
    const hash = index.toString(16).padStart(4, '0').repeat(16);
    return {
      id: uuid(),
      name,
      relative_path: name,
      thumbnail_key: derivativeKey('thumbnail', { hash, extension: 'png' }),
      proxy_key: null as string | null,
    };
  });
  for (const row of rows) await writeDerivative(row.thumbnail_key, Buffer.concat([WEBP, Buffer.from(row.id)]));
  // The video has no thumbnail on the server's disk, which must not hold anything up.
  const proxy = derivativeKey('proxy', { hash: 'ff'.repeat(32), extension: 'png' });
  await writeDerivative(proxy, clip);
  rows.push({
    id: videoId,
    name: 'zz.mov',
    relative_path: 'zz.mov',
    thumbnail_key: MISSING_PICTURE,
    proxy_key: proxy,
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
    SELECT id, thumbnail_version, id::text AS content FROM assets WHERE id <> ${videoId} ORDER BY name`;
}

/** Copies the library's current rows from Postgres into the page's replica. */
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
  await tab.waitForFunction(() => 'page' in globalThis, undefined, { timeout: 60_000 });
  await fillReplica();
}

const button = (name: string) => tab.locator('#root').getByRole('button', { name, exact: true });
const popover = () => tab.getByRole('dialog', { name: 'Keep offline' });
const storage = () => tab.getByRole('region', { name: 'Storage on this device' });

/** Fetches addresses from within the page; returns the text appended to each picture, or null for a failed request. */
function fetchPictures(addresses: readonly string[]): Promise<(string | null)[]> {
  return tab.evaluate(
    (addresses) =>
      Promise.all(
        addresses.map((address) =>
          fetch(address).then(
            async (response) => (response.ok ? (await response.text()).slice(-36) : null),
            () => null,
          ),
        ),
      ),
    addresses,
  );
}
const addressOf = ({ id, thumbnail_version }: AssetFacts) => `/media/assets/${id}/thumbnail?v=${thumbnail_version}`;
/**
 * Sets the browser's quota. Chromium rereads it only when nothing has the database open, or after half a minute.
 *
 * @param bytes null removes the override.
 */
async function setQuota(bytes: number | null): Promise<void> {
  await tab.goto('about:blank');
  await browser.send('ServiceWorker.enable');
  await browser.send('ServiceWorker.stopAllWorkers');
  await browser.send('Storage.overrideQuotaForOrigin', {
    origin: front.url,
    ...(bytes !== null && { quotaSize: bytes }),
  });
  await openPage();
}

async function clickKeep(): Promise<void> {
  await button('Keep offline').click();
  await popover().getByRole('button', { name: 'Keep offline' }).click();
}

test('KeepOffline: resumes after a stop and a reload without fetching a picture twice, then serves all of them offline', async () => {
  await button('Keep offline').click();
  await popover().getByText('1,001 pictures, about').waitFor();
  front.packsLeft = 2;
  await popover().getByRole('button', { name: 'Keep offline' }).click();
  await popover().getByText('512 of 1,001 pictures are on this device').waitFor();
  await popover().getByRole('button', { name: 'Stop' }).click();
  await button('Stopped at 51%').waitFor();
  await popover().getByRole('button', { name: 'Resume' }).click();
  await button('Keeping offline, 51%').waitFor();

  front.packsLeft = Number.POSITIVE_INFINITY;
  await openPage();
  await button('Kept offline').click();
  await popover().getByText('1,000 of 1,001 pictures are on this device').waitFor();
  // The last one is the video's thumbnail, which the server does not have.
  expect(front.brought.toSorted()).toEqual([...assets.map((asset) => asset.id), videoId].toSorted());

  await front.cut();
  expect(await fetchPictures(assets.map(addressOf))).toEqual(assets.map((asset) => asset.content));
  expect(front.media).toEqual([]);
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

test('KeepOffline: replaces a changed picture, adds that of a new asset, and fetches nothing else', async () => {
  await clickKeep();
  await popover().getByText('1,000 of 1,001 pictures are on this device').waitFor();
  front.brought.length = 0;
  const [changed, former] = [assets[3] as AssetFacts, addressOf(assets[3] as AssetFacts)];
  const added = uuid();
  const keys = [added, changed.id].map((id) =>
    derivativeKey('thumbnail', { hash: id.replaceAll('-', '').repeat(2), extension: 'png' }),
  );
  for (const [index, key] of keys.entries())
    await writeDerivative(
      key,
      Buffer.concat([WEBP, Buffer.from([added, `changed ${changed.id}`.slice(0, 36)][index] ?? '')]),
    );
  await database.sql`UPDATE assets SET thumbnail_key = ${keys[1] ?? ''} WHERE id = ${changed.id}`;
  await database.sql`
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at, thumbnail_status, thumbnail_key)
    VALUES (${added}, ${projectId}, ${packageId}, 'new.png', 'new.png', 'image', 'aligned', 1000, now(), 'ready', ${keys[0] ?? ''})`;
  await fillReplica();
  await popover().getByText('1,001 of 1,002 pictures are on this device').waitFor();
  await expect.poll(() => front.brought.toSorted()).toEqual([added, changed.id].toSorted());
  await readAssets();
  await front.cut();
  const now = assets.filter((asset) => asset.id === changed.id || asset.id === added);
  await expect.poll(() => fetchPictures(now.map(addressOf))).toEqual([`changed ${changed.id}`.slice(0, 36), added]);
  expect(await fetchPictures([former])).toEqual([null]);
  await front.mend();
});

test('KeepOffline: removes the picture of a deleted asset, and fetches it again when the asset is restored', async () => {
  const id = assets[5]?.id ?? '';
  await clickKeep();
  await popover().getByText('1,001 of 1,002 pictures are on this device').waitFor();
  await database.sql`UPDATE assets SET deleted_at = now() WHERE id = ${id}`;
  await fillReplica();
  await popover().getByText('1,000 of 1,001 pictures are on this device').waitFor();
  front.brought.length = 0;
  await database.sql`UPDATE assets SET deleted_at = NULL WHERE id = ${id}`;
  await fillReplica();
  await popover().getByText('1,001 of 1,002 pictures are on this device').waitFor();
  expect(front.brought).toEqual([id]);
});

test('KeepVideo: resumes after a reload with the interrupted part, then plays and seeks offline', async () => {
  front.mediaLeft = 1;
  await tab.evaluate((id) => page.showVideo(id), videoId);
  await button('Keep this video offline').click();
  await tab.getByText(/^4.2 MB of .* MB on this device$/).waitFor();
  front.mediaLeft = Number.POSITIVE_INFINITY;
  await openPage();
  await tab.evaluate((id) => page.showVideo(id), videoId);
  await tab.getByText(/^Kept offline, .* MB$/).waitFor();
  const part = 4 * 1024 * 1024;
  const starts = Array.from({ length: Math.ceil(clip.length / part) }, (_, index) => index * part);
  expect(front.media).toEqual(starts.map((start) => `proxy bytes=${start}-${start + part - 1}`));

  await front.cut();
  const [row] = await database.sql<{ proxy_version: number }[]>`SELECT proxy_version FROM assets WHERE id = ${videoId}`;
  const address = `/media/assets/${videoId}/proxy?v=${row?.proxy_version}`;
  const ranges: [string | null, number, Buffer, string | null][] = [
    ['bytes=0-9', 206, clip.subarray(0, 10), `bytes 0-9/${clip.length}`],
    [
      `bytes=${part - 5}-${part + 4}`,
      206,
      clip.subarray(part - 5, part + 5),
      `bytes ${part - 5}-${part + 4}/${clip.length}`,
    ],
    ['bytes=-7', 206, clip.subarray(-7), `bytes ${clip.length - 7}-${clip.length - 1}/${clip.length}`],
    [`bytes=${clip.length}-`, 416, Buffer.alloc(0), `bytes */${clip.length}`],
  ];
  for (const [range, status, bytes, contentRange] of ranges) {
    const got = await tab.evaluate(
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
  const seeked = await tab.evaluate(async (address) => {
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
  await front.mend();
});

test('KeepOffline: reports a full device and keeps the pictures on it, and resumes when there is room', async () => {
  front.packsLeft = 2;
  await clickKeep();
  await popover().getByText('512 of 1,002 pictures are on this device').waitFor();
  front.packsLeft = Number.POSITIVE_INFINITY;
  await setQuota(1);
  await button('Device full').click();
  await popover().getByText('512 of 1,002 pictures are on this device, which is full').waitFor();
  await storage().getByRole('alert').waitFor();
  const [first] = assets;
  await front.cut();
  expect(await fetchPictures([addressOf(first as AssetFacts)])).toEqual([first?.content]);
  await front.mend();
  // Pictures that are not kept are still shown.
  expect(await fetchPictures([addressOf(assets.at(-1) as AssetFacts)])).toEqual([assets.at(-1)?.content]);

  await popover().getByRole('button', { name: 'Try again' }).click();
  await popover().getByText('512 of 1,002 pictures are on this device, which is full').waitFor();
  await setQuota(null);
  await button('Kept offline').click();
  await popover().getByText('1,001 of 1,002 pictures are on this device').waitFor();
});

test('rememberPicture: drops the least recently used pictures beyond its bound, and keeps correct totals', async () => {
  await tab.evaluate(async () => {
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
  await openPage();
  const left = await tab.evaluate(async () => {
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
  await tab.goto('about:blank');
  await tab.goto(`${front.url}/api/health`);
  await tab.evaluate(async (id) => {
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
  }, videoId);
  await openPage();
  await tab.evaluate((id) => page.showVideo(id), videoId);
  await tab.getByText(/^Kept offline, .* MB$/).waitFor();
});

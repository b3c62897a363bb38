/** For tests: the page that keeps pictures, its server and a Chromium, on a library of 1,000 pictures and one video. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runFfmpeg } from '@ingesthub/fixtures/run-ffmpeg.ts';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativeKey, derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import { type CDPSession, chromium, type Locator, type Page } from 'playwright-core';
import { v7 as uuid } from 'uuid';
import { createTestServer } from '../../replica/testing/test-server.ts';
import { buildTestPage } from './build-page.ts';
import { FrontServer } from './front-server.ts';
import type { TestPage } from './page.tsx';

declare const page: TestPage;

const PICTURES = 1000;
/** The key of a thumbnail that the server does not have. */
const MISSING_PICTURE = derivativeKey('thumbnail', { hash: 'ff'.repeat(32), extension: 'png' });
/** A picture of 16 x 8 pixels. Decoders ignore the bytes appended to it, which differ for each asset. */
export const WEBP = Buffer.from(
  'UklGRjwAAABXRUJQVlA4IDAAAADQAQCdASoQAAgAAgA0JaACdLoB+AADsAD+8Oj3/yC5YXXI1/8gP+QH/ID/+PIAAAA=',
  'base64',
);

export interface AssetFacts {
  id: string;
  thumbnail_version: number;
  content: string;
}

export class PicturesSite implements AsyncDisposable {
  readonly database: TestDatabase;
  readonly front: FrontServer;
  readonly tab: Page;
  readonly projectId: string;
  readonly packageId: string;
  readonly videoId: string;
  /** The bytes of the video's proxy. */
  readonly clip: Buffer;
  /** All pictures by name, as Postgres had them at the last {@link readAssets}. */
  assets: AssetFacts[] = [];
  readonly #folder: string;
  readonly #browser: CDPSession;
  readonly #stack: AsyncDisposableStack;

  private constructor(
    stack: AsyncDisposableStack,
    parts: Pick<PicturesSite, 'database' | 'front' | 'tab' | 'projectId' | 'packageId' | 'videoId' | 'clip'>,
    folder: string,
    browser: CDPSession,
  ) {
    this.#stack = stack;
    this.database = parts.database;
    this.front = parts.front;
    this.tab = parts.tab;
    this.projectId = parts.projectId;
    this.packageId = parts.packageId;
    this.videoId = parts.videoId;
    this.clip = parts.clip;
    this.#folder = folder;
    this.#browser = browser;
  }

  static async open(): Promise<PicturesSite> {
    await using stack = new AsyncDisposableStack();
    const folder = await mkdtemp(path.join(tmpdir(), 'ihub-pictures-'));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const database = stack.use(await createTestDatabase());
    const server = await createTestServer(database.url, {
      PROXY_DIR: path.join(folder, 'derivatives'),
      IHUB_DATA_DIR: path.join(folder, 'data'),
    });
    stack.defer(() => server.kill());
    const built = path.join(folder, 'built');
    await buildTestPage(built);
    const front = stack.use(await FrontServer.start(built, server.url));
    const context = await chromium.launchPersistentContext(path.join(folder, 'profile'), {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
    stack.defer(() => context.close());
    const tab = context.pages()[0] ?? (await context.newPage());
    const browser = await context.newCDPSession(tab);
    const clip = await makeClip(folder);
    const [projectId, packageId, videoId] = [uuid(), uuid(), uuid()];
    const parts = { database, front, tab, projectId, packageId, videoId, clip };
    const site = new PicturesSite(stack.move(), parts, folder, browser);
    await site.#insertLibrary();
    // The server asks once for the missing picture to be made again; these tests need one that stays missing.
    await fetch(`${server.url}/api/thumbnails`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ids: [videoId] }),
    }).then((answer) => answer.arrayBuffer());
    await site.#loseVideoPicture();
    await site.openPage();
    await tab.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
    return site;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  /** Removes everything kept, and forgets what was delivered. */
  async beginAgain(): Promise<void> {
    await this.#loseVideoPicture();
    this.front.brought.length = 0;
    this.front.media.length = 0;
    this.front.mediaLeft = Number.POSITIVE_INFINITY;
    await this.tab.keyboard.press('Escape');
    const remove = this.button('Remove everything kept offline');
    const nothing = this.storage().getByText('Kept offline · 0 pictures');
    await remove.or(nothing).first().waitFor();
    if (await remove.isVisible()) await remove.click();
    await nothing.waitFor();
    await this.button('Keep offline').waitFor();
  }

  async openPage(): Promise<void> {
    await this.tab.goto(`${this.front.url}/?package=${this.packageId}`);
    await this.tab.waitForFunction(() => 'page' in globalThis, undefined, { timeout: 60_000 });
    await this.fillReplica();
  }

  /** Copies the library's current rows from Postgres into the page's replica. */
  async fillReplica(): Promise<void> {
    const [row] = await this.database.sql<{ projects: unknown; packages: unknown; assets: unknown }[]>`
      SELECT (SELECT jsonb_agg(projects) FROM projects) AS projects, (SELECT jsonb_agg(packages) FROM packages) AS packages,
        (SELECT jsonb_agg(assets) FROM assets) AS assets`;
    const statements = Object.entries(row ?? {}).map(
      ([table, rows]) =>
        `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, '${JSON.stringify(rows)}'::jsonb);`,
    );
    await this.tab.evaluate((sql) => page.replica.exec(sql), statements.reverse().join('\n'));
  }

  async readAssets(): Promise<void> {
    this.assets = await this.database.sql<AssetFacts[]>`
      SELECT id, thumbnail_version, id::text AS content FROM assets WHERE id <> ${this.videoId} ORDER BY name`;
  }

  async writeDerivative(key: string, bytes: Buffer): Promise<void> {
    const file = path.join(this.#folder, 'derivatives', derivativePath(key));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }

  /**
   * Sets the browser's quota. Chromium rereads it only when nothing has the database open, or after half a minute.
   *
   * @param bytes null removes the override.
   */
  async setQuota(bytes: number | null): Promise<void> {
    await this.tab.goto('about:blank');
    await this.#browser.send('ServiceWorker.enable');
    await this.#browser.send('ServiceWorker.stopAllWorkers');
    await this.#browser.send('Storage.overrideQuotaForOrigin', {
      origin: this.front.url,
      ...(bytes !== null && { quotaSize: bytes }),
    });
    await this.openPage();
  }

  button(name: string): Locator {
    return this.tab.locator('#root').getByRole('button', { name, exact: true });
  }

  popover(): Locator {
    return this.tab.getByRole('dialog', { name: 'Keep offline' });
  }

  storage(): Locator {
    return this.tab.getByRole('region', { name: 'Storage on this device' });
  }

  async clickKeep(): Promise<void> {
    await this.button('Keep offline').click();
    await this.popover().getByRole('button', { name: 'Keep offline' }).click();
  }

  /** Fetches addresses from within the page; returns the text appended to each picture, or null for a failed request. */
  fetchPictures(addresses: readonly string[]): Promise<(string | null)[]> {
    return this.tab.evaluate(
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

  /** Says again that the video has a picture, which the server does not find. */
  async #loseVideoPicture(): Promise<void> {
    const { sql } = this.database;
    await sql`
      UPDATE assets SET thumbnail_status = 'ready', thumbnail_key = ${MISSING_PICTURE} WHERE id = ${this.videoId}`;
  }

  async #insertLibrary(): Promise<void> {
    const { sql } = this.database;
    const { projectId, packageId } = this;
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
    for (const row of rows) await this.writeDerivative(row.thumbnail_key, Buffer.concat([WEBP, Buffer.from(row.id)]));
    // The video has no thumbnail on the server's disk, which must not hold anything up.
    const proxy = derivativeKey('proxy', { hash: 'ff'.repeat(32), extension: 'png' });
    await this.writeDerivative(proxy, this.clip);
    rows.push({
      id: this.videoId,
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
    await this.readAssets();
  }
}

export function addressOf({ id, thumbnail_version }: AssetFacts): string {
  return `/media/assets/${id}/thumbnail?v=${thumbnail_version}`;
}

/** Makes a video of noise, which is large: slightly more than two parts. */
async function makeClip(folder: string): Promise<Buffer> {
  const file = path.join(folder, 'clip.mp4');
  const source = ['-f', 'lavfi', '-i', 'testsrc=size=640x360:rate=24:duration=4,noise=alls=90:allf=t'];
  const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-b:v', '20M'];
  await runFfmpeg({ args: [...source, ...codec, '-movflags', '+faststart', file] });
  return readFile(file);
}

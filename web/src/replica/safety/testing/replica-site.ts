/** For tests: a page with nothing but a replica, its server and a Chromium, on a library of its own. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seedLibrary } from '@ingesthub/fixtures/library-seed.ts';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { FrontServer } from '../../../pictures/testing/front-server.ts';
import { buildTestPage } from '../../testing/image/build-page.ts';
import type { TestPage } from '../../testing/image/page.ts';
import { createTestServer } from '../../testing/test-server.ts';

declare const page: TestPage;

export class ReplicaSite implements AsyncDisposable {
  readonly database: TestDatabase;
  readonly front: FrontServer;
  readonly context: BrowserContext;
  readonly #built: string;
  readonly #tabs: Page[] = [];
  readonly #stack: AsyncDisposableStack;

  private constructor(
    stack: AsyncDisposableStack,
    database: TestDatabase,
    front: FrontServer,
    context: BrowserContext,
    built: string,
  ) {
    this.#stack = stack;
    this.database = database;
    this.front = front;
    this.context = context;
    this.#built = built;
  }

  static async open(options: { assets: number }): Promise<ReplicaSite> {
    await using stack = new AsyncDisposableStack();
    const folder = await mkdtemp(path.join(tmpdir(), 'ihub-safety-'));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const database = stack.use(await createTestDatabase());
    await seedLibrary(database.sql, { assets: options.assets, projects: 1 });
    const server = await createTestServer(database.url, { IHUB_DATA_DIR: path.join(folder, 'data') });
    stack.defer(() => server.kill());
    const built = path.join(folder, 'built');
    await buildTestPage(built);
    await writeFile(path.join(built, 'blank.html'), '<!doctype html><title>Blank</title>');
    const front = stack.use(await FrontServer.start(built, server.url));
    const context = await chromium.launchPersistentContext(path.join(folder, 'profile'), {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
    stack.defer(() => context.close());
    return new ReplicaSite(stack.move(), database, front, context, built);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  async newTab(): Promise<Page> {
    const tab = await this.context.newPage();
    this.#tabs.push(tab);
    await tab.goto(this.front.url);
    return tab;
  }

  /** Closes the tabs of {@link newTab}. */
  async closeTabs(): Promise<void> {
    for (const tab of this.#tabs.splice(0)) await tab.close();
  }

  /** Ends the process of a tab, as a crash does. */
  async crash(tab: Page): Promise<void> {
    const session = await this.context.newCDPSession(tab);
    const crashed = new Promise((resolve) => tab.once('crash', resolve));
    session.send('Page.crash').catch(() => {});
    await crashed;
  }

  async taggedInPostgres(name: string): Promise<number> {
    const [row] = await this.database.sql`SELECT count(*)::integer AS count FROM asset_tags WHERE tag = ${name}`;
    return row?.['count'];
  }

  /** Runs work on the origin's storage, in a tab without a replica. */
  async withStorage<Argument>(work: (argument: Argument) => Promise<void>, argument: Argument): Promise<void> {
    const tab = await this.context.newPage();
    await tab.goto(`${this.front.url}/blank.html`);
    // An ended worker releases its files a moment later.
    await vi.waitFor(() => tab.evaluate(work as (argument: unknown) => Promise<void>, argument), { timeout: 10_000 });
    await tab.close();
  }

  /** Serves pages of a build whose replica's number is higher by `later` from now on. */
  async serveBuild(later: number): Promise<void> {
    const files = (await readdir(this.#built, { recursive: true })).filter((name) => name.endsWith('.js'));
    for (const name of files) {
      const file = path.join(this.#built, name);
      const original = `${file}.original`;
      await cp(file, original, { force: false });
      const text = await readFile(original, 'utf8');
      await writeFile(
        file,
        text.replaceAll(/(\.build\/replica-)(\d+)-/g, (_, start, number) => `${start}${Number(number) + later}-`),
      );
    }
  }
}

export async function isReady(tab: Page): Promise<void> {
  try {
    await tab.waitForFunction(() => page.replica.status().phase === 'ready', undefined, { timeout: 60_000 });
  } catch (error) {
    throw new Error(`The replica is not ready: ${JSON.stringify(await statusOf(tab))}`, { cause: error });
  }
}

/** Waits until all earlier changes are confirmed in the tab: Postgres may have a change before the tab knows. */
export async function isSettled(tab: Page): Promise<void> {
  await isReady(tab);
  await expect.poll(async () => (await statusOf(tab)).unsent).toBe(0);
}

export async function countAssets(tab: Page): Promise<number> {
  const rows = await tab.evaluate(() =>
    page.replica.query<{ count: number }>({ text: 'SELECT count(*)::integer AS count FROM assets', values: [] }),
  );
  return rows[0]?.count ?? 0;
}

/** Tags the first assets, by id. */
export async function tag(tab: Page, name: string, count: number): Promise<void> {
  await tab.evaluate(
    async ([added, limit]) => {
      const rows = await page.replica.query<{ id: string }>({
        text: 'SELECT id FROM assets ORDER BY id LIMIT $1',
        values: [limit],
      });
      const ids = rows.map(({ id }) => id);
      await page.replica.mutate('assets.tag', { ids, add: [added], remove: [] }, { label: `Tag ${added}` });
    },
    [name, count] as const,
  );
}

export async function countTagged(tab: Page, name: string): Promise<number> {
  const rows = await tab.evaluate(
    (wanted) =>
      page.replica.query<{ count: number }>({
        text: 'SELECT count(*)::integer AS count FROM asset_tags WHERE tag = $1',
        values: [wanted],
      }),
    name,
  );
  return rows[0]?.count ?? 0;
}

export function statusOf(tab: Page) {
  return tab.evaluate(() => page.replica.status());
}

export async function noticesOf(tab: Page): Promise<string> {
  return (await statusOf(tab)).notices.map(({ text }) => text).join('\n');
}

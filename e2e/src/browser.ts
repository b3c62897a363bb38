/**
 * Chromium as Debian installs it: one browser per person, with a profile on disk. In a private window each write
 * to OPFS would go through another process, which is 40 times slower.
 */
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { temporaryFolder } from './temporary-folder.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Person extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Uncaught errors of the page. */
  readonly complaints: string[];
}

/** @param profile the folder of the profile; stored data survives between openings. */
export function openBrowser(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ARGS,
    viewport: { width: 1440, height: 900 },
  });
}

export async function newPerson(url: string): Promise<Person> {
  await using stack = new AsyncDisposableStack();
  const profile = stack.use(await temporaryFolder());
  const context = await openBrowser(profile.path);
  stack.defer(() => context.close());
  const page = context.pages()[0] ?? (await context.newPage());
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  const owned = stack.move();
  return { context, page, complaints, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/**
 * Chromium as Debian installs it: one browser with a profile on disk for each person. Not a private
 * window: there each write to OPFS goes through another process, 40 times as slow.
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
  /** What the page and its workers complained about. */
  readonly complaints: string[];
}

/** @param profile its folder; what was stored there is there again. */
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

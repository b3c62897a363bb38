/** A separate browser with a profile on disk that can be reopened. */
import { setTimeout as delay } from 'node:timers/promises';
import { openBrowser } from '@ingesthub/e2e/browser.ts';
import { temporaryFolder } from '@ingesthub/e2e/temporary-folder.ts';
import { waitFor } from '@ingesthub/e2e/wait-for.ts';
import type { BrowserContext, Page } from 'playwright-core';
import { installProbe, type Marks, readMarks } from './probe.ts';

/** Milliseconds for a started browser to create its own pages, which would delay a page opened earlier. */
const START_MS = 3000;
/** Enough for the first load of a million assets. */
const LOAD_TIMEOUT_MS = 900_000;

export class Visitor implements AsyncDisposable {
  readonly profile: string;
  context: BrowserContext;
  page: Page;
  readonly #folder: AsyncDisposable;

  private constructor(folder: AsyncDisposable & { path: string }, context: BrowserContext, page: Page) {
    this.#folder = folder;
    this.profile = folder.path;
    this.context = context;
    this.page = page;
  }

  static async arrive(): Promise<Visitor> {
    const folder = await temporaryFolder();
    const context = await openBrowser(folder.path);
    return new Visitor(folder, context, await firstPage(context));
  }

  /** Closes the browser and reopens it with the same profile. */
  async comeBack(): Promise<void> {
    await this.context.close();
    this.context = await openBrowser(this.profile);
    this.page = await firstPage(this.context);
    await delay(START_MS);
  }

  /** Opens an address, and waits until the replica is ready and rows are shown. */
  async open(url: string): Promise<Marks> {
    await this.page.goto(url);
    return this.#loaded();
  }

  /** Like {@link open}, for a page without rows. */
  async openEmpty(url: string): Promise<void> {
    await this.page.goto(url);
    await this.#until('the replica is ready', ({ ready }) => ready !== null);
  }

  async reload(): Promise<Marks> {
    await this.page.reload();
    return this.#loaded();
  }

  /** Returns the marks since the page was last opened. */
  marks(): Promise<Marks> {
    return readMarks(this.page);
  }

  async #loaded(): Promise<Marks> {
    const marked = ({ firstRows, ready, mirror }: Marks) => firstRows !== null && ready !== null && mirror !== null;
    await this.#until('the library is here and shown', marked);
    return this.marks();
  }

  async #until(what: string, holds: (marks: Marks) => boolean): Promise<void> {
    await waitFor(what, async () => holds(await this.marks()), LOAD_TIMEOUT_MS);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
    await this.#folder[Symbol.asyncDispose]();
  }
}

async function firstPage(context: BrowserContext): Promise<Page> {
  const page = context.pages()[0] ?? (await context.newPage());
  await installProbe(page);
  return page;
}

/** A person in Firefox, over WebDriver BiDi. */
import { type Browser, type KeyInput, type Locator, launch, type Page } from 'puppeteer-core';
import { PATIENCE } from '../patience.ts';
import { Driver, noteForbidden } from './driver.ts';

const TIMEOUT_MS = 60_000 * PATIENCE;

export class FirefoxDriver extends Driver {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    super();
    this.#browser = browser;
    this.#page = page;
  }

  static async start(url: string): Promise<FirefoxDriver> {
    const browser = await launch({
      browser: 'firefox',
      protocol: 'webDriverBiDi',
      executablePath: process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr',
      headless: true,
      defaultViewport: { width: 1440, height: 900 },
      timeout: TIMEOUT_MS,
    });
    const [page = await browser.newPage()] = await browser.pages();
    page.setDefaultTimeout(TIMEOUT_MS);
    page.setDefaultNavigationTimeout(TIMEOUT_MS);
    await page.evaluateOnNewDocument(noteForbidden);
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    return new FirefoxDriver(browser, page);
  }

  override async open(url: string): Promise<void> {
    await this.#page.goto(url, { waitUntil: 'domcontentloaded' });
  }

  override async reload(): Promise<void> {
    await this.#page.reload({ waitUntil: 'domcontentloaded' });
  }

  override async press(keys: string): Promise<void> {
    const parts = keys.split('+') as KeyInput[];
    const last = parts.pop() as KeyInput;
    for (const part of parts) await this.#page.keyboard.down(part);
    await this.#page.keyboard.press(last);
    for (const part of parts.reverse()) await this.#page.keyboard.up(part);
  }

  override type(text: string): Promise<void> {
    return this.#page.keyboard.type(text);
  }

  override click(role: string, name: string): Promise<void> {
    return this.#find(role, name).click();
  }

  override async focus(role: string, name: string): Promise<void> {
    await using element = await this.#find(role, name).waitHandle();
    await element.focus();
  }

  override async meet(role: string, name: string): Promise<void> {
    await this.#find(role, name).wait();
  }

  override evaluate<Argument, Answer>(work: (argument: Argument) => Answer, argument: Argument): Promise<Answer> {
    return this.#page.evaluate(work as (argument: unknown) => Answer, argument) as Promise<Answer>;
  }

  override [Symbol.asyncDispose](): Promise<void> {
    return this.#browser.close();
  }

  #find(role: string, name: string): Locator<Element> {
    return this.#page.locator(`::-p-aria([name="${name}"][role="${role}"])`);
  }
}

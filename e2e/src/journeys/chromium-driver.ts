/** A person in Chromium. */
import type { Locator, Page } from 'playwright-core';
import { newPerson } from '../browser.ts';
import { Driver, noteForbidden } from './driver.ts';

type Role = Parameters<Page['getByRole']>[0];

export class ChromiumDriver extends Driver {
  readonly #page: Page;
  readonly #stack: AsyncDisposableStack;

  private constructor(page: Page, stack: AsyncDisposableStack) {
    super();
    this.#page = page;
    this.#stack = stack;
  }

  static async start(url: string): Promise<ChromiumDriver> {
    await using stack = new AsyncDisposableStack();
    const { context, page } = stack.use(await newPerson('about:blank'));
    await context.addInitScript(noteForbidden);
    await page.goto(url);
    return new ChromiumDriver(page, stack.move());
  }

  override async open(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  override async reload(): Promise<void> {
    await this.#page.reload();
  }

  override press(keys: string): Promise<void> {
    return this.#page.keyboard.press(keys);
  }

  override type(text: string): Promise<void> {
    return this.#page.keyboard.type(text);
  }

  override click(role: string, name: string): Promise<void> {
    return this.#find(role, name).click();
  }

  override focus(role: string, name: string): Promise<void> {
    return this.#find(role, name).focus();
  }

  override meet(role: string, name: string): Promise<void> {
    return this.#find(role, name).waitFor();
  }

  override evaluate<Argument, Answer>(work: (argument: Argument) => Answer, argument: Argument): Promise<Answer> {
    return this.#page.evaluate(work as (argument: unknown) => Answer, argument) as Promise<Answer>;
  }

  override [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }

  #find(role: string, name: string): Locator {
    return this.#page.getByRole(role as Role, { name, exact: true }).first();
  }
}

/** A browser as a person drives it, Chromium or Firefox. Things are found by role and name, as a screen reader finds them. */
import { PATIENCE } from '../patience.ts';

const WAIT_MS = 60_000 * PATIENCE;
const LOOK_MS = 100;

export abstract class Driver implements AsyncDisposable {
  /** Opens an address as if it were typed. */
  abstract open(url: string): Promise<void>;
  abstract reload(): Promise<void>;
  /** Presses a key or a chord: `a`, `Enter`, `Control+a`. */
  abstract press(keys: string): Promise<void>;
  abstract type(text: string): Promise<void>;
  abstract click(role: string, name: string): Promise<void>;
  abstract focus(role: string, name: string): Promise<void>;
  /** Waits until something with this role and name is there. */
  abstract meet(role: string, name: string): Promise<void>;
  /** @param work runs in the page, so it names nothing outside of itself. */
  abstract evaluate<Argument, Answer>(work: (argument: Argument) => Answer, argument: Argument): Promise<Answer>;
  abstract [Symbol.asyncDispose](): Promise<void>;

  /** Waits until the page shows a text. */
  async read(text: string): Promise<void> {
    // biome-ignore lint/performance/useDomNodeTextContent: only innerText leaves out what is hidden.
    await this.#until(`the page shows “${text}”`, (wanted) => document.body.innerText.includes(wanted), text);
  }

  /** Waits until one of the facts that are always there says a text: `shown`, `selected`, `online`, `unsent`. */
  async readFact(fact: string, text: string): Promise<void> {
    await this.#until(
      `“${fact}” says “${text}”`,
      ([fact, text]) => document.querySelector(`[data-testid="${fact}"]`)?.textContent?.includes(text) === true,
      [fact, text] as const,
    );
  }

  /** Waits until the address contains a text. */
  async arrive(text: string): Promise<void> {
    await this.#until(`the address has “${text}”`, (wanted) => location.href.includes(wanted), text);
  }

  /** Returns what the content security policy has forbidden on this page since it was opened. */
  forbidden(): Promise<string[]> {
    return this.evaluate(() => (globalThis as { forbidden?: string[] }).forbidden ?? [], null);
  }

  /** Looks again and again: a page that is being replaced cannot answer. */
  async #until<Argument>(what: string, holds: (argument: Argument) => boolean, argument: Argument): Promise<void> {
    const deadline = Date.now() + WAIT_MS;
    while (!(await this.evaluate(holds, argument).catch(() => false))) {
      if (Date.now() > deadline) throw new Error(`${what}: not within ${WAIT_MS / 1000} s. ${await this.#describe()}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  async #describe(): Promise<string> {
    const text = await this.evaluate(() => document.body.textContent.slice(0, 1500), null).catch(String);
    return `The page says: ${text.replaceAll(/\s+/g, ' ')}`;
  }
}

/** Notes what the content security policy forbids, from before the page's own programs on. */
export function noteForbidden(): void {
  const forbidden: string[] = [];
  Object.assign(globalThis, { forbidden });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
    forbidden.push(`${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
  });
}

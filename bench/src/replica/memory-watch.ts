/** Samples the private memory of a browser's renderer over time. */
import { readFile } from 'node:fs/promises';
import type { BrowserContext } from 'playwright-core';

const EVERY_MS = 250;

export class MemoryWatch implements Disposable {
  /** Bytes; null if memory cannot be read. */
  peak: number | null = null;
  readonly #context: BrowserContext;
  #timer: NodeJS.Timeout | null = null;
  readonly #ending = new AbortController();

  private constructor(context: BrowserContext) {
    this.#context = context;
  }

  static async start(context: BrowserContext): Promise<MemoryWatch> {
    const watch = new MemoryWatch(context);
    await watch.#sample();
    return watch;
  }

  async #sample(): Promise<void> {
    const bytes = await rendererMemory(this.#context).catch(() => null);
    if (bytes !== null) this.peak = Math.max(this.peak ?? 0, bytes);
    if (!this.#ending.signal.aborted) this.#timer = setTimeout(() => void this.#sample(), EVERY_MS);
  }

  [Symbol.dispose](): void {
    this.#ending.abort();
    if (this.#timer) clearTimeout(this.#timer);
  }
}

/** Returns the private bytes of the largest renderer; null where the system does not report them. */
export async function rendererMemory(context: BrowserContext): Promise<number | null> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) return null;
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  const sizes = await Promise.all(renderers.map(({ id }) => privateBytes(id)));
  const known = sizes.filter((size) => size !== null);
  return known.length > 0 ? Math.max(...known) : null;
}

/** Reads proc_pid_smaps(5). @returns null for an ended process and on systems other than Linux. */
async function privateBytes(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => null);
  const parts = [...(text ?? '').matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].map(([, size]) => Number(size));
  return parts.length > 0 ? 1024 * parts.reduce((sum, size) => sum + size, 0) : null;
}

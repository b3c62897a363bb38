/**
 * Serves originals through one process per media root: a root that hangs stops neither the server nor the other roots.
 * The number of concurrent answers is bounded, and so is each wait for the file system.
 */
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { type StoredPath, storedText } from '@ingesthub/schema/paths/stored-path.ts';
import type { Context } from 'hono';
import { wireFailure } from '../http/wire-failure.ts';
import { Reader, SilentError } from './reader.ts';

export interface OriginalReadersOptions {
  /** Absolute folders; an original outside them is not served. */
  readonly mediaRoots: readonly string[];
  readonly limits?: Partial<OriginalLimits>;
  /** Ends the processes. */
  readonly signal: AbortSignal;
}

export interface OriginalLimits {
  /** Concurrent answers per root. */
  readonly atOnce: number;
  /** Milliseconds within which the file system must deliver the first bytes. */
  readonly firstBytesMs: number;
  /** Milliseconds within which it must deliver each next piece. */
  readonly nextBytesMs: number;
}

const LIMITS: OriginalLimits = { atOnce: 64, firstBytesMs: 15_000, nextBytesMs: 30_000 };
const PASSED_HEADERS = ['range', 'if-range', 'if-none-match'];
/** Key for an original that no root contains by name; a link may still lead into one. */
const NO_ROOT = '';

export class OriginalReaders {
  readonly #options: OriginalReadersOptions;
  readonly #limits: OriginalLimits;
  readonly #readers = new Map<string, { readonly reader: Reader; underWay: number }>();

  constructor(options: OriginalReadersOptions) {
    this.#options = options;
    this.#limits = { ...LIMITS, ...options.limits };
    options.signal.addEventListener('abort', () => this.#close(), { once: true });
  }

  /** Answers with the file, or with the reason why it cannot be served. */
  async send(c: Context, file: StoredPath): Promise<Response> {
    const reading = this.#readerFor(storedText(file));
    if (reading.underWay >= this.#limits.atOnce)
      return unavailable(c, 'Too many originals are being read. Try again in a moment.');
    reading.underWay++;
    const done = once(() => reading.underWay--);
    const signal = c.req.raw.signal;
    const headers: Record<string, string> = {};
    for (const name of PASSED_HEADERS) {
      const value = c.req.header(name);
      if (value !== undefined) headers[name] = value;
    }
    try {
      const patienceMs = this.#limits.firstBytesMs;
      const incoming = await reading.reader.ask({
        method: c.req.method,
        file: diskPath(file),
        headers,
        patienceMs,
        signal,
      });
      const body = this.#body(incoming, reading.reader, done);
      const status = incoming.statusCode ?? 500;
      const withoutBody = c.req.method === 'HEAD' || status === 304;
      if (withoutBody) await body.cancel();
      return new Response(withoutBody ? null : body, { status, headers: responseHeaders(incoming) });
    } catch (error) {
      done();
      if (error instanceof SilentError) return unavailable(c, error.message);
      throw error;
    }
  }

  #readerFor(file: string) {
    const { mediaRoots } = this.#options;
    const root = mediaRoots.find((folder) => file.startsWith(path.join(folder, path.sep))) ?? NO_ROOT;
    let reading = this.#readers.get(root);
    if (reading === undefined) {
      const others = mediaRoots.filter((folder) => folder !== root);
      reading = { reader: new Reader(root === NO_ROOT ? others : [root, ...others]), underWay: 0 };
      this.#readers.set(root, reading);
    }
    return reading;
  }

  /** Times only the wait for bytes that the client has requested: slow clients are handled elsewhere. */
  #body(incoming: IncomingMessage, reader: Reader, done: () => void): ReadableStream<Uint8Array> {
    const { nextBytesMs } = this.#limits;
    const source = (Readable.toWeb(incoming) as ReadableStream<Uint8Array>).getReader();
    return new ReadableStream(
      {
        async pull(controller) {
          const timer = setTimeout(() => {
            incoming.destroy(new Error('The folder of this file stopped answering.'));
            reader.doubt();
          }, nextBytesMs);
          try {
            const { done: ended, value } = await source.read();
            if (!ended) return controller.enqueue(value);
            controller.close();
          } catch (error) {
            done();
            throw error;
          } finally {
            clearTimeout(timer);
          }
          done();
        },
        async cancel(reason) {
          done();
          await source.cancel(reason).catch(() => {});
        },
      },
      { highWaterMark: 0 },
    );
  }

  #close(): void {
    for (const { reader } of this.#readers.values()) reader.close();
  }
}

function responseHeaders({ headers }: IncomingMessage): Headers {
  const passed = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && !['connection', 'date', 'keep-alive', 'transfer-encoding'].includes(name))
      passed.set(name, value);
  }
  return passed;
}

function unavailable(c: Context, message: string): Response {
  c.header('retry-after', '5');
  return wireFailure(c, 503, 'unavailable', message);
}

function once(run: () => void): () => void {
  let ran = false;
  return () => {
    if (!ran) run();
    ran = true;
  };
}

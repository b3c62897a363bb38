/**
 * A shape source that compresses each initial answer once for all its readers.
 *
 * Initial answers are worth compressing: up to about 10 MB each, the same for every reader, and valid as long as their
 * ETag. The changes after them are not: they are small, different for every position, and awaited; in a stream of events,
 * compression would hold back the latest ones.
 *
 * The source's ETag is kept although the bytes differ: it identifies messages, no reader requests ranges of them, and
 * `vary` keeps caches from mixing them up.
 */
import { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import { CompressedAnswers } from '../http/compressed-answers.ts';
import { type Encoding, preferredEncoding } from '../http/content-encoding.ts';
import type { ShapeSource, ShapeSourceHealth } from './shape-source.ts';

export interface CompressedShapesOptions {
  /** Used for these answers only; it is emptied at the start. */
  readonly folder: string;
  /** Total size of the files there; the least recently read are removed first. */
  readonly maxBytes?: number;
  /** Receives the reason when an answer could not be compressed or kept; its readers get it uncompressed. */
  readonly log?: (message: string, error: unknown) => void;
}

const MAX_BYTES = 1_000_000_000;
const READ_BYTES = 64 * 1024;
const REMEMBERED_REQUESTS = 10_000;

/** Closing the result closes the source as well. */
export function createCompressedShapes(source: ShapeSource, options: CompressedShapesOptions): ShapeSource {
  return new CompressedShapes(source, options);
}

class CompressedShapes implements ShapeSource {
  readonly #source: ShapeSource;
  readonly #log: (message: string, error: unknown) => void;
  readonly #answers: CompressedAnswers;
  readonly #closing = new AbortController();
  /** Last ETag of each request's answer, so that the source need not resend an answer kept under it. */
  readonly #etags = new LRUCache<string, string>({ max: REMEMBERED_REQUESTS });

  constructor(source: ShapeSource, { folder, maxBytes = MAX_BYTES, log = () => {} }: CompressedShapesOptions) {
    this.#source = source;
    this.#log = log;
    this.#answers = new CompressedAnswers({ folder, maxBytes, log, signal: this.#closing.signal });
  }

  get spreadMs(): number {
    return this.#source.spreadMs ?? 0;
  }

  health(): Promise<ShapeSourceHealth> {
    return this.#source.health();
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('The server is closing.'));
    await Promise.all([this.#answers.settled(), this.#source.close()]);
  }

  async fetch(request: Request): Promise<Response> {
    if (!isInitial(request)) return this.#source.fetch(request);
    const encoding = request.method === 'GET' ? preferredEncoding(request.headers.get('accept-encoding')) : null;
    const answer = (encoding && (await this.#compressed(request, encoding))) ?? (await this.#asItIs(request));
    return forReader(answer);
  }

  #asItIs(request: Request): Promise<Response> {
    return this.#source.fetch(forSource(request, etagsOf(request), request.signal));
  }

  /** @returns null when compression failed. */
  async #compressed(request: Request, encoding: Encoding): Promise<Response | null> {
    // A reader that leaves ends its own request, but not a build that others may be waiting for.
    const upstream = new AbortController();
    const leave = () => upstream.abort(request.signal.reason);
    if (request.signal.aborted) leave();
    request.signal.addEventListener('abort', leave, { once: true });

    const name = requestName(request);
    const last = this.#etags.get(name);
    const ours = last !== undefined && this.#answers.has(encoding, last) ? [last] : [];
    const theirs = etagsOf(request);
    const answer = await this.#source.fetch(forSource(request, [...theirs, ...ours], upstream.signal));
    const etag = answer.headers.get('etag')?.replace(/^W\//, '');
    const isOurs = answer.status === 304 && etag !== undefined && ours.includes(etag) && !theirs.includes(etag);
    if (etag === undefined || !(isOurs || isLasting(answer))) return answer;

    request.signal.removeEventListener('abort', leave);
    this.#etags.set(name, etag);
    try {
      const found = await this.#answers.get(encoding, etag, answer);
      if (Buffer.isBuffer(found)) return new Response(new Uint8Array(found), { headers: answer.headers });
      const file = await this.#answers.open(encoding, etag, found);
      const headers = new Headers(found.headers);
      headers.set('content-encoding', encoding);
      headers.set('content-length', String(found.bytes));
      return new Response(Readable.toWeb(file.createReadStream({ highWaterMark: READ_BYTES })) as ReadableStream, {
        headers,
      });
    } catch (error) {
      if (!this.#closing.signal.aborted)
        this.#log('A shape could not be compressed. Its reader gets it uncompressed.', error);
      return null;
    }
  }
}

/** True for a page of the log's beginning, requested by a reader that does not wait for more. */
function isInitial({ method, url }: Request): boolean {
  const { searchParams } = new URL(url);
  const offset = searchParams.get('offset') ?? '';
  return /^(GET|HEAD)$/.test(method) && searchParams.get('live') !== 'true' && /^(-1|0_\d+)$/.test(offset);
}

/** True if the ETag identifies the whole content. An up-to-date answer also says how far the source had seen. */
function isLasting({ status, headers }: Response): boolean {
  const isJson = headers.get('content-type')?.startsWith('application/json') ?? false;
  return status === 200 && isJson && !headers.has('content-encoding') && !headers.has('electric-up-to-date');
}

/** Identifies a request, ignoring the parameters meant for caches. */
function requestName({ url }: Request): string {
  const { searchParams } = new URL(url);
  for (const parameter of ['cache-buster', 'cursor', 'expired_handle']) searchParams.delete(parameter);
  searchParams.sort();
  return searchParams.toString();
}

/** Returns the ETags that a reader holds, as the source issued them; a cache may have weakened them. */
function etagsOf({ headers }: Request): string[] {
  const tags = headers.get('if-none-match')?.split(',') ?? [];
  return tags.map((tag) => tag.trim().replace(/^W\//, ''));
}

function forSource({ url, method }: Request, etags: readonly string[], signal: AbortSignal): Request {
  const headers: HeadersInit = etags.length > 0 ? { 'if-none-match': etags.join(', ') } : {};
  return new Request(url, { method, headers, signal });
}

function forReader(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.append('vary', 'accept-encoding');
  return new Response(answer.body, { status: answer.status, headers });
}

/** Turns the requests that the official client makes for one shape's stream into those that are sent. */
import type { Offset } from '@electric-sql/client';
import type { LimitFunction } from 'p-limit';
import type { Connection } from '../network/connection.ts';
import { readText } from '../network/patient-fetch.ts';
import type { ResponseBodies } from '../network/response-bodies.ts';
import type { LiveGate } from './live-gate.ts';

export interface ShapeFetchOptions {
  readonly reference: string;
  readonly fetch: typeof fetch;
  readonly gate: LiveGate;
  readonly connection: Connection;
  /** Limits how many shapes are fetched at a time. */
  readonly limit: LimitFunction;
  readonly bodies: ResponseBodies;
  /** The client is about to read the shape from its start. */
  readonly onStart: () => Promise<void>;
  /** A live request is held: everything that was announced is here. */
  readonly onHold: () => void;
  /** A live request was let through: the shape is behind. */
  readonly onRelease: () => void;
  /** The request failed: it is retried unless its stream has ended. */
  readonly onFailure: () => void;
}

/**
 * Creates a `fetchClient` for one shape's stream. A live request waits for the doorbell, unless the previous answer
 * left part of the log unread. Messages that came with the ring answer it: the client, which checks every answer's
 * position, is none the wiser. Otherwise it is sent as a request that does not wait on the server. Failed requests are
 * retried here, so that the client's own blind backoff never starts and a returning network is used at once.
 */
export function createShapeFetch(options: ShapeFetchOptions): typeof fetch {
  const { gate, connection, limit } = options;
  /**
   * The offset of the shape's end, from the latest answer that reached it. An answer may also end at a size limit; the
   * client then fetches the rest with another live request, and may throw prefetched answers away.
   */
  let end: string | null = null;
  return async (input, init) => {
    const url = new URL(String(input));
    const signal = init?.signal ?? new AbortController().signal;
    const live = url.searchParams.get('live') === 'true';
    if (live) {
      const handle = url.searchParams.get('handle') ?? '';
      const offset = (url.searchParams.get('offset') ?? '-1') as Offset;
      const mayWait = end === null || offset === end;
      const news = mayWait ? await gate.hold(options.reference, { handle, offset }, signal, options.onHold) : null;
      // Aborting also ends the request of a shape that is no longer followed: no round may wait for it.
      signal.throwIfAborted();
      options.onRelease();
      if (news !== null) {
        end = news.offset;
        const headers = { 'electric-handle': handle, 'electric-offset': news.offset, 'electric-up-to-date': '' };
        return new Response(options.bodies.keep(news.messages, true), { headers: clientHeaders(new Headers(headers)) });
      }
      url.searchParams.delete('live');
      url.searchParams.delete('cursor');
    }
    if (url.searchParams.get('offset') === '-1') await options.onStart();
    for (let attempt = 0; ; attempt++) {
      const response = signal.aborted ? null : await limit(() => attemptFetch(url, { ...init, cache: 'no-store' }));
      if (response) return response;
      options.onFailure();
      signal.throwIfAborted();
      await connection.beforeRetry(attempt, signal);
    }
  };

  /** @returns null when the request should be retried. */
  async function attemptFetch(url: URL, init: RequestInit): Promise<Response | null> {
    try {
      const { fetch } = options;
      const response = await fetch(url, init);
      // Read here, because the limit covers the whole transfer and a broken transfer is retried.
      const body = await readText(response);
      // A hotel network's sign-in page, for example, would make the client give up permanently.
      if (response.ok && !response.headers.has('electric-handle')) throw new Error('Another server answered.');
      connection.answered(response.status);
      if (response.status === CONFLICT) return new Response(body, response);
      if (!response.ok) return null;
      const upToDate = response.headers.has('electric-up-to-date');
      if (upToDate) end = response.headers.get('electric-offset');
      return new Response(options.bodies.keep(body, upToDate), { headers: clientHeaders(response.headers) });
    } catch {
      if (!init.signal?.aborted) connection.failed();
      return null;
    }
  }
}

/** HTTP 409, must-refetch, which the client handles. */
const CONFLICT = 409;

let cursor = 0;

function clientHeaders(headers: Headers): Headers {
  const changed = new Headers(headers);
  // The client believes that its request was live and requires a cursor; it treats a repeated cursor as a stale
  // answer, so no two are the same.
  changed.set('electric-cursor', `${Date.now()}-${cursor++}`);
  return changed;
}

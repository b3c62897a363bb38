/** The requests of one shape's stream, as the official client makes them and as they are sent. */
import type { Offset } from '@electric-sql/client';
import type { Connection } from './connection.ts';
import type { LiveGate } from './live-gate.ts';
import { readText } from './patient-fetch.ts';
import type { ResponseBodies } from './response-bodies.ts';
import type { Slots } from './slots.ts';

export interface ShapeFetchOptions {
  readonly reference: string;
  readonly fetch: typeof fetch;
  readonly gate: LiveGate;
  readonly connection: Connection;
  /** How many shapes may be fetched at a time. */
  readonly slots: Slots;
  readonly bodies: ResponseBodies;
  /** The client is about to read the shape from its start. */
  readonly onStart: () => Promise<void>;
  /** A held request was let through: the shape is behind. */
  readonly onRelease: () => void;
  /** The request did not come through: it is tried again, or nobody wants it any more. */
  readonly onFailure: () => void;
}

/**
 * A `fetchClient` for the stream of one shape. A live request waits for the doorbell, unless the answer
 * before left some of the log, and then goes out as one that does not wait at the server. What fails is
 * tried again here, so that the client's own, blind backoff never starts and the return of the network
 * is used at once.
 */
export function createShapeFetch(options: ShapeFetchOptions): typeof fetch {
  const { gate, connection, slots } = options;
  /**
   * Where the latest answer that knew said that the shape ends. Answers end at a size, too, and the client asks for the rest
   * with a live request if that was one; what it has fetched ahead it may throw away.
   */
  let end: string | null = null;
  return async (input, init) => {
    const url = new URL(String(input));
    const signal = init?.signal ?? new AbortController().signal;
    const live = url.searchParams.get('live') === 'true';
    if (live) {
      const handle = url.searchParams.get('handle') ?? '';
      const offset = (url.searchParams.get('offset') ?? '-1') as Offset;
      if (end === null || offset === end) await gate.hold(options.reference, { handle, offset }, signal);
      // It ends a request too whose shape is followed no more: nobody may wait for what that brings.
      signal.throwIfAborted();
      options.onRelease();
      url.searchParams.delete('live');
      url.searchParams.delete('cursor');
    }
    if (url.searchParams.get('offset') === '-1') await options.onStart();
    for (let attempt = 0; ; attempt++) {
      const response = signal.aborted ? null : await slots.run(() => attemptFetch(url, { ...init, cache: 'no-store' }));
      if (response) return response;
      options.onFailure();
      signal.throwIfAborted();
      await connection.beforeRetry(attempt, signal);
    }
  };

  /** @returns null when it should be tried again. */
  async function attemptFetch(url: URL, init: RequestInit): Promise<Response | null> {
    try {
      const { fetch } = options;
      const response = await fetch(url, init);
      // Read here: the slot is for the whole transfer, and a transfer that breaks is tried again.
      const body = await readText(response);
      // A page of a hotel's network, say: the client would give up for good.
      if (response.ok && !response.headers.has('electric-handle')) throw new Error('This is not the server.');
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

/** 409: must-refetch, which is the client's business. */
const CONFLICT = 409;

let cursor = 0;

function clientHeaders(headers: Headers): Headers {
  const changed = new Headers(headers);
  // Demanded of a live answer, which the client takes this for; never twice the same, or the client takes
  // it for an old one.
  changed.set('electric-cursor', `${Date.now()}-${cursor++}`);
  return changed;
}

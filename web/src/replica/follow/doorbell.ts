/** Listens to the single stream that reports which shapes have moved: `POST /api/live`. */
import type { Offset } from '@electric-sql/client';
import { type ServerState, serverState } from '@ingesthub/schema/replica/server-state.ts';
import { z } from 'zod';
import type { Connection } from '../network/connection.ts';
import { readServerSentEvents } from '../network/server-sent-events.ts';
import type { Ring } from './live-gate.ts';

export interface Doorbell {
  /** Whether the stream is open. */
  readonly connected: boolean;
  /** Replaces the set of shapes to listen for. */
  listenFor(references: readonly string[]): void;
}

export interface DoorbellOptions {
  /** Origin of the server. */
  readonly server: string;
  readonly fetch: typeof fetch;
  readonly connection: Connection;
  /** Shapes have moved together. */
  readonly onRing: (rings: readonly Ring[]) => void;
  /** The server's state has changed. */
  readonly onState: (state: ServerState) => void;
  /** The server is still there and has rung for every change so far. */
  readonly onBeat: () => void;
  /** Closes the stream. */
  readonly signal: AbortSignal;
}

/** Twice the server's heartbeat. */
const SILENCE_MS = 30_000;

const offsetText = z.string().transform((text) => text as Offset);
const ring = z.object({
  shape: z.string(),
  handle: z.string(),
  offset: offsetText,
  from: offsetText.optional(),
  messages: z.string().optional(),
  /** Whether rings follow that belong to this one. */
  more: z.boolean().default(false),
});

type Heard = { readonly rings: readonly Ring[] } | { readonly state: ServerState };

/** The server answered, but not with a stream. */
class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

export function createDoorbell(options: DoorbellOptions): Doorbell {
  const { connection, signal } = options;
  let references: readonly string[] = [];
  let connected = false;
  let restart = new AbortController();

  async function listen(): Promise<void> {
    for (let attempt = 0; !signal.aborted; ) {
      restart = new AbortController();
      const current = AbortSignal.any([signal, restart.signal]);
      try {
        for await (const heard of open(current)) {
          attempt = 0;
          if (heard === null) options.onBeat();
          else if ('state' in heard) options.onState(heard.state);
          else options.onRing(heard.rings);
        }
        throw new Error('The server ended the stream.');
      } catch (error) {
        connected = false;
        if (current.aborted) continue;
        if (!(error instanceof RefusedError)) connection.failed();
        await connection.beforeRetry(attempt++, current);
      }
    }
  }

  async function* open(current: AbortSignal): AsyncGenerator<Heard | null> {
    const { fetch } = options;
    const response = await fetch(`${options.server}/api/live`, {
      method: 'POST',
      body: new URLSearchParams(references.map((reference) => ['shape', reference])),
      signal: current,
    });
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const stream = isStream ? response.body : null;
    if (response.ok && stream === null) throw new Error('Another server answered.');
    connection.answered(response.status);
    if (!response.ok || stream === null) throw new RefusedError(`The server answered ${response.status}.`);
    connected = true;
    let rings: Ring[] = [];
    for await (const event of readServerSentEvents(stream, SILENCE_MS)) {
      if (event === null) yield null;
      if (event?.event === 'state') yield { state: serverState.parse(JSON.parse(event.data)) };
      if (event?.event !== 'ring') continue;
      const { shape, handle, offset, from, messages, more } = ring.parse(JSON.parse(event.data));
      const tail = from === undefined || messages === undefined ? null : { from, messages };
      rings.push({ reference: shape, position: { handle, offset }, tail });
      if (more) continue;
      yield { rings };
      rings = [];
    }
  }

  return {
    get connected() {
      return connected;
    },
    listenFor(wanted) {
      const first = references.length === 0;
      references = wanted;
      if (first) void listen();
      else restart.abort();
    },
  };
}

/**
 * Watches shapes for the doorbell, with one long poll per distinct shape however many listeners it has. A poll's answer
 * is passed on to all of them when it is small, so that none has to fetch it. Built only on `ShapeSource.fetch`, so it
 * works alike for every source.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { formatShapeReference, type ShapeReference } from '@ingesthub/schema/library/shapes.ts';
import { z } from 'zod';
import { emptyShape, type KnownScopes } from './known-scopes.ts';
import type { ShapeSource } from './shape-source.ts';
import { shapeUrl } from './shape-url.ts';

/** Position of a shape, as held by a reader that has all of it. */
export interface ShapePosition {
  /** Formatted by `formatShapeReference`. */
  readonly shape: string;
  readonly handle: string;
  readonly offset: string;
}

/** The part of a shape's log that led to a position. */
export interface ShapeTail {
  /** The offset that it follows, under the position's handle. */
  readonly from: string;
  /** The answer's body: a JSON array that ends with an up-to-date message. */
  readonly messages: string;
}

export interface ShapeListener {
  /** @param tail null: the messages are too large to pass on, or unknown. */
  onMove(position: ShapePosition, tail: ShapeTail | null): void;
  /** Receives why the shape cannot currently be followed; null when it can again. */
  onProblem?(problem: string | null): void;
}

interface Watcher {
  readonly listeners: Set<ShapeListener>;
  readonly stop: AbortController;
  /** Resolves when the source has answered for the first time, with or without success. */
  readonly asked: PromiseWithResolvers<void>;
  position: ShapePosition | null;
  problem: string | null;
}

/** Listening to one shape. */
export interface Listening {
  /** Resolves when the shape's position is known, or when finding it takes longer. */
  readonly begun: Promise<void>;
  end(): void;
}

/** Bytes of messages that are passed on to readers, some of whom may not need them. */
const TAIL_BYTES = 16 * 1024;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

export class ShapeWatchers {
  readonly #source: ShapeSource;
  readonly #scopes: KnownScopes;
  readonly #watchers = new Map<string, Watcher>();
  #listeners = 0;

  constructor(source: ShapeSource, scopes: KnownScopes) {
    this.#source = source;
    this.#scopes = scopes;
  }

  /** Number of listeners to all shapes. */
  get listeners(): number {
    return this.#listeners;
  }

  /** Notifies a listener of the shape's position, at first and after every move, and of reasons why it cannot be followed. */
  listen(reference: ShapeReference, listener: ShapeListener): Listening {
    const shape = formatShapeReference(reference);
    const known = this.#watchers.get(shape);
    const watcher = known ?? {
      listeners: new Set<ShapeListener>(),
      stop: new AbortController(),
      asked: Promise.withResolvers<void>(),
      position: null,
      problem: null,
    };
    watcher.listeners.add(listener);
    this.#listeners++;
    if (!known) {
      this.#watchers.set(shape, watcher);
      void this.#watch(reference, shape, watcher);
    } else {
      if (watcher.position) listener.onMove(watcher.position, null);
      if (watcher.problem !== null) listener.onProblem?.(watcher.problem);
    }
    return {
      begun: watcher.asked.promise,
      end: () => {
        if (watcher.listeners.delete(listener)) this.#listeners--;
        if (watcher.listeners.size > 0) return;
        watcher.stop.abort();
        watcher.asked.resolve();
        if (this.#watchers.get(shape) === watcher) this.#watchers.delete(shape);
      },
    };
  }

  /** Listens to a shared empty shape until the project, package or client exists, then to its own shape. */
  async #watch(reference: ShapeReference, shape: string, watcher: Watcher): Promise<void> {
    const { signal } = watcher.stop;
    const isKnown = await this.#scopes.has(reference).catch(() => false);
    if (signal.aborted) return;
    if (!isKnown) {
      const empty = this.listen(emptyShape(reference), {
        onMove: (position, tail) => move(watcher, { ...position, shape }, tail),
        onProblem: (problem) => tell(watcher, problem),
      });
      void empty.begun.then(() => watcher.asked.resolve());
      await this.#scopes.until(reference, signal);
      empty.end();
    }
    await this.#follow(reference, shape, watcher);
  }

  async #follow(reference: ShapeReference, shape: string, watcher: Watcher): Promise<void> {
    const { signal } = watcher.stop;
    let cursor: string | null = null;
    let refetch = true;
    let retry = FIRST_RETRY_MS;
    while (!signal.aborted) {
      const url = shapeUrl(reference);
      if (refetch || !watcher.position) url.searchParams.set('offset', 'now');
      else {
        url.searchParams.set('handle', watcher.position.handle);
        url.searchParams.set('offset', watcher.position.offset);
        url.searchParams.set('live', 'true');
        if (cursor !== null) url.searchParams.set('cursor', cursor);
      }
      const answer = await this.#ask(url, signal);
      const handle = answer?.headers.get('electric-handle');
      const offset = answer?.headers.get('electric-offset');
      if (answer?.status === 200 && handle && offset) {
        refetch = false;
        cursor = answer.headers.get('electric-cursor');
        retry = FIRST_RETRY_MS;
        tell(watcher, null);
        const before = watcher.position;
        const moved = handle !== before?.handle || offset !== before.offset;
        const isTail = moved && url.searchParams.has('live') && answer.headers.has('electric-up-to-date');
        const messages = isTail && handle === before?.handle ? await readSmall(answer) : null;
        const tail = messages === null || before === null ? null : { from: before.offset, messages };
        if (moved) move(watcher, { shape, handle, offset }, tail);
        watcher.asked.resolve();
        await readToEnd(answer);
        // A poll without news has normally waited already. After an old answer from a cache, this avoids a busy loop.
        if (!moved) await delay(FIRST_RETRY_MS, undefined, { signal }).catch(() => {});
      } else {
        watcher.asked.resolve();
        const words = answer ? await answer.text().catch(() => '') : '';
        // Another shape has replaced this one and can be requested.
        if (answer?.status === 409) refetch = true;
        else if (!signal.aborted) tell(watcher, problemIn(words));
        await delay(retry, undefined, { signal }).catch(() => {});
        retry = Math.min(retry * 2, LAST_RETRY_MS);
      }
    }
  }

  /** @returns null when the source failed. */
  async #ask(url: URL, signal: AbortSignal): Promise<Response | null> {
    try {
      return await this.#source.fetch(new Request(url, { signal }));
    } catch {
      return null;
    }
  }
}

function move(watcher: Watcher, position: ShapePosition, tail: ShapeTail | null): void {
  watcher.position = position;
  for (const listener of watcher.listeners) listener.onMove(position, tail);
}

function tell(watcher: Watcher, problem: string | null): void {
  if (watcher.problem === problem) return;
  watcher.problem = problem;
  for (const listener of watcher.listeners) listener.onProblem?.(problem);
}

/** Extracts the sentence of a source that does not serve the shape. */
function problemIn(body: string): string {
  try {
    return refusal.parse(JSON.parse(body)).message;
  } catch {
    return 'The library cannot be followed right now.';
  }
}

const refusal = z.object({ message: z.string() });

/** @returns the body; null when it is too large, and its rest is then still to be read, or when it broke off. */
async function readSmall({ body }: Response): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of body?.values({ preventCancel: true }) ?? []) {
      parts.push(part);
      bytes += part.byteLength;
      if (bytes > TAIL_BYTES) return null;
    }
  } catch {
    return null;
  }
  return Buffer.concat(parts).toString();
}

/** Discards the rows; only a connection whose answer was read to its end can serve the next poll. */
async function readToEnd({ body }: Response): Promise<void> {
  await body?.pipeTo(new WritableStream()).catch(() => {});
}

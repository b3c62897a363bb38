/**
 * Asks the server to make the previews first that are on the screen. The request is only a hint: nothing depends
 * on its arrival, and finished previews arrive through the replica.
 */
import type { AssetRow } from '@ingesthub/schema/library/rows.ts';
import { MAX_WANTED, type WantedRequest } from '@ingesthub/schema/library/wanted.ts';
import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from 'solid-js';

/** Milliseconds to collect assets that come onto the screen, and milliseconds between two requests. */
const GATHER_MS = 200;
const PAUSE_MS = 1000;
/** Milliseconds after which an asset that still waits is requested again. */
const AGAIN_MS = 30_000;
/** Milliseconds after which a request times out. */
const TIMEOUT_MS = 10_000;

export interface PreviewRequests {
  /** Registers the waiting assets that a part of the page shows, until its owner is disposed. @param ids tracked. */
  show(ids: Accessor<readonly string[]>): void;
}

export interface PreviewRequestsOptions {
  /** While false, no requests are sent. */
  readonly online: Accessor<boolean>;
  /** @throws when the request did not arrive; the error is ignored. */
  readonly send?: (ids: readonly string[]) => Promise<unknown>;
}

export function createPreviewRequests({ online, send = sendWanted }: PreviewRequestsOptions): PreviewRequests {
  const [parts, setParts] = createSignal<readonly Accessor<readonly string[]>[]>([]);
  const shown = createMemo(() => (online() ? [...new Set(parts().flatMap((ids) => ids()))] : []), [], {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  });
  const sentAt = new Map<string, number>();
  let latest = Number.NEGATIVE_INFINITY;
  let sending = false;
  let disposed = false;
  let plannedAt: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** The earliest time of the next request for an asset, in milliseconds since the page began. */
  const dueAt = (id: string) => (sentAt.get(id) ?? Number.NEGATIVE_INFINITY) + AGAIN_MS;

  function plan(): void {
    const ids = shown();
    const now = performance.now();
    const earliest = Math.max(latest + PAUSE_MS, Math.min(...ids.map(dueAt)));
    const at = Math.max(earliest, now + GATHER_MS);
    const isNone = ids.length === 0 || sending || disposed;
    // Continuous scrolling must not postpone the request for ever.
    if (!isNone && plannedAt !== null && plannedAt >= earliest && plannedAt <= at) return;
    clearTimeout(timer);
    plannedAt = isNone ? null : at;
    if (!isNone) timer = setTimeout(ask, at - now);
  }

  function ask(): void {
    plannedAt = null;
    const now = performance.now();
    for (const [id, at] of sentAt) if (at + AGAIN_MS <= now) sentAt.delete(id);
    const ids = shown()
      .filter((id) => !sentAt.has(id))
      .slice(0, MAX_WANTED);
    if (ids.length === 0) {
      // A timer may fire early.
      plan();
      return;
    }
    for (const id of ids) sentAt.set(id, now);
    latest = now;
    sending = true;
    void send(ids)
      .catch(() => {})
      .finally(() => {
        sending = false;
        plan();
      });
  }

  createEffect(plan);
  onCleanup(() => {
    disposed = true;
    clearTimeout(timer);
  });

  return {
    show(ids) {
      setParts((before) => [...before, ids]);
      onCleanup(() => setParts((before) => before.filter((part) => part !== ids)));
    },
  };
}

type WaitingFacts = Pick<AssetRow, 'missing_since' | 'thumbnail_status'> &
  Partial<Pick<AssetRow, 'probe_status' | 'proxy_status'>>;

/** Returns true while a derivative is pending that can be made now: one of a file that is not on disk cannot. */
export function isWaiting({ missing_since, probe_status, thumbnail_status, proxy_status }: WaitingFacts): boolean {
  return missing_since === null && [probe_status, thumbnail_status, proxy_status].includes('pending');
}

async function sendWanted(ids: readonly string[]): Promise<void> {
  await fetch('/api/wanted', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids: [...ids] } satisfies WantedRequest),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}

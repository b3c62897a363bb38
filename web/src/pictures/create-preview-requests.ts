/**
 * Asks the server to make those previews first that somebody waits for. A hint: nothing depends on whether it
 * arrives, what is made comes with the replica.
 */
import type { AssetRow } from '@ingesthub/schema/rows.ts';
import { MAX_WANTED, type WantedRequest } from '@ingesthub/schema/wanted.ts';
import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from 'solid-js';

/** Milliseconds in which what comes onto the screen is gathered, and between two requests. */
const GATHER_MS = 200;
const PAUSE_MS = 1000;
/** Milliseconds after which what still waits is asked for again. */
const AGAIN_MS = 30_000;
/** Milliseconds after which a request has failed. */
const TIMEOUT_MS = 10_000;

export interface PreviewRequests {
  /** Says what a part of the page shows that waits for a preview, for as long as its owner lives. @param ids tracked. */
  show(ids: Accessor<readonly string[]>): void;
}

export interface PreviewRequestsOptions {
  /** While it is false nothing is asked. */
  readonly online: Accessor<boolean>;
  /** @throws when it did not arrive: nobody is told. */
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

  /** When an asset may be asked for, in milliseconds since the page began. */
  const dueAt = (id: string) => (sentAt.get(id) ?? Number.NEGATIVE_INFINITY) + AGAIN_MS;

  function plan(): void {
    const ids = shown();
    const now = performance.now();
    const earliest = Math.max(latest + PAUSE_MS, Math.min(...ids.map(dueAt)));
    const at = Math.max(earliest, now + GATHER_MS);
    const isNone = ids.length === 0 || sending || disposed;
    // Whoever scrolls on and on is not put off for ever.
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
      // A timer may be early.
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

/** Whether something of it is still to be made that can be: a file that is not on the disk waits for the disk. */
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

/** The live order of a package's matching assets: its first page at once, the rest as it is walked. */
import { type Accessor, batch, createComputed, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';
import type { AssetFilter } from '../../../queries/asset-filter.ts';
import { AssetOrder } from '../../../queries/asset-order.ts';
import { orderColumns, type PageRequest } from '../../../queries/asset-pages.ts';
import { walkOrder } from '../../../queries/walk-order.ts';
import type { Replica } from '../../../replica/model/replica.ts';
import { mayTouch, type TableRead } from '../../../replica/read/table-reads.ts';

export interface LiveOrder {
  /** The previous filter's order until the first page of the current one has been read. */
  readonly order: Accessor<AssetOrder>;
  /** Whether the order is still the previous filter's, or not read yet. */
  readonly loading: Accessor<boolean>;
  /** Whether the order reaches the last asset that can be listed now. */
  readonly whole: Accessor<boolean>;
  /** The number of matching assets; null while unknown, when there may be more than the order has so far. */
  readonly total: Accessor<number | null>;
  /** Why the latest walk failed; null when it did not. */
  readonly error: Accessor<Error | null>;
  /** Resolves with true when the order is whole, with false when it cannot be read or the filter changes first. */
  untilWhole(): Promise<boolean>;
  /** Walks again after an error. */
  retry(): void;
}

export interface LiveOrderInput {
  readonly packageId: string;
  readonly filter: AssetFilter;
  /** Whether the replica's indexes exist; without them, the order is a first part of the assets that have arrived. */
  readonly indexed: boolean;
}

export interface LiveOrderOptions {
  /** The number of matches according to the maintained counts; null when they cannot tell. */
  readonly counted: Accessor<number | null>;
  /** Reads the tiles of a new order's first page, concurrently with the page itself. */
  readonly beside?: (page: PageRequest) => Promise<void>;
  /** Called before a new order is shown from its start. */
  readonly onFresh?: () => void;
}

/** @param input tracked. */
export function createAssetOrder(
  replica: Pick<Replica, 'query' | 'onChange'>,
  input: Accessor<LiveOrderInput>,
  { counted, beside, onFresh }: LiveOrderOptions,
): LiveOrder {
  const [order, setOrder] = createSignal(AssetOrder.empty);
  const [whole, setWhole] = createSignal(false);
  const [loading, setLoading] = createSignal(true);
  const [tagged, setTagged] = createSignal<number | null>(null);
  const [error, setError] = createSignal<Error | null>(null);
  const waiting = new Set<(whole: boolean) => void>();
  let walking: AbortController | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  let stale = false;

  /** @param fresh true for a new input, whose order is shown as it grows; after a change of data, only once it is whole. */
  async function walk(fresh: boolean): Promise<void> {
    walking?.abort();
    clearTimeout(again);
    const controller = new AbortController();
    walking = controller;
    stale = false;
    const { packageId, filter, indexed } = untrack(input);
    const begun = performance.now();
    try {
      for await (const step of walkOrder({
        query: (statement) => replica.query(statement),
        packageId,
        filter,
        total: untrack(counted),
        indexed,
        // Without indexes each read scans all assets.
        beside: fresh && indexed ? beside : undefined,
        pause: idle,
        signal: controller.signal,
      })) {
        const last = step.whole || !indexed;
        if (fresh || last) {
          batch(() => {
            if (fresh && untrack(loading)) onFresh?.();
            if (!untrack(order).equals(step.order)) setOrder(step.order);
            setTagged(step.total);
            setLoading(false);
            setError(null);
            setWhole(last);
          });
        }
        if (last) break;
      }
    } catch (cause) {
      if (controller.signal.aborted) return;
      batch(() => {
        // Assets that the new filter may not match must not stay on the screen.
        if (fresh) setOrder(AssetOrder.empty);
        setError(cause instanceof Error ? cause : new Error(String(cause), { cause }));
        setLoading(false);
      });
    }
    if (controller.signal.aborted) return;
    walking = null;
    answerWaiting(untrack(whole));
    // During continuous changes, as in an ingest, walking takes at most half of the replica's time.
    if (stale) again = setTimeout(() => void walk(false), performance.now() - begun);
  }

  function answerWaiting(isWhole: boolean): void {
    for (const resolve of waiting) resolve(isWhole);
    waiting.clear();
  }

  const equalInput = (a: LiveOrderInput | undefined, b: LiveOrderInput) =>
    a?.packageId === b.packageId && a.filter === b.filter && a.indexed === b.indexed;
  const settled = createMemo(input, undefined, { equals: equalInput });
  createComputed(
    on(settled, (now, before) => {
      if (before && (now.filter !== before.filter || now.packageId !== before.packageId)) answerWaiting(false);
      setTagged(null);
      begin();
    }),
  );

  function begin(): void {
    batch(() => {
      setLoading(true);
      setWhole(false);
      setError(null);
    });
    void walk(true);
  }

  const stopListening = replica.onChange((change) => {
    if (!mayTouch(change, readsOf(untrack(settled)))) return;
    if (walking) stale = true;
    else if (!stale) {
      stale = true;
      clearTimeout(again);
      again = setTimeout(() => void walk(false), 0);
    }
  });
  onCleanup(() => {
    walking?.abort();
    clearTimeout(again);
    stopListening();
    answerWaiting(false);
  });

  return {
    order,
    loading,
    whole,
    error,
    total: () => {
      if (whole()) return order().length;
      const known = counted() ?? tagged();
      return known === null ? null : Math.max(known, order().length);
    },
    untilWhole() {
      if (untrack(whole) || untrack(error)) return Promise.resolve(untrack(whole));
      return new Promise((resolve) => waiting.add(resolve));
    },
    retry: begin,
  };
}

function readsOf({ packageId, filter }: LiveOrderInput): TableRead[] {
  return [
    { table: 'assets', packageId, columns: orderColumns(filter) },
    ...(filter.tags.length > 0 ? [{ table: 'asset_tags', packageId }] : []),
    ...(filter.text === '' ? [] : [{ table: 'folders', packageId }]),
  ];
}

/** Resolves when the page is idle, and soon in any case. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 60 });
    else setTimeout(resolve, 0);
  });
}

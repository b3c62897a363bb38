/** The order of a package's matching assets, kept current: its first page at once, the rest as it is walked. */
import { type Accessor, batch, createComputed, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';
import type { AssetFilter } from '../../queries/asset-filter.ts';
import { AssetOrder } from '../../queries/asset-order.ts';
import { orderColumns, type PageRequest } from '../../queries/asset-pages.ts';
import { walkOrder } from '../../queries/walk-order.ts';
import type { Replica } from '../../replica/replica.ts';
import { mayTouch, type TableRead } from '../../replica/table-reads.ts';

export interface LiveOrder {
  /** That of the former filter until the first page of the present one is there. */
  readonly order: Accessor<AssetOrder>;
  /** Whether the order still is that of the former filter, or not there yet. */
  readonly loading: Accessor<boolean>;
  /** Whether it reaches to the last asset that can be listed now. */
  readonly whole: Accessor<boolean>;
  /** How many assets match; null: more than are in the order so far, nobody knows yet how many. */
  readonly total: Accessor<number | null>;
  /** Why the latest walk failed; null: it did not. */
  readonly error: Accessor<Error | null>;
  /** Resolves with true when the order is whole, with false when it cannot be read or another filter is asked for meanwhile. */
  untilWhole(): Promise<boolean>;
  /** After an error: walks anew. */
  retry(): void;
}

export interface LiveOrderInput {
  readonly packageId: string;
  readonly filter: AssetFilter;
  /** Whether the replica's indexes are there; before that it is the first of what has arrived. */
  readonly indexed: boolean;
}

export interface LiveOrderOptions {
  /** How many match, as far as the kept counts tell. */
  readonly counted: Accessor<number | null>;
  /** Reads what is shown of a new order's first page, while the page itself is read. */
  readonly beside?: (page: PageRequest) => Promise<void>;
  /** A new order is about to be shown from its start. */
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

  /** @param fresh for a new input, shown as it grows; else after a change, shown when it is whole. */
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
        // Without indexes each read takes a look at every asset.
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
        // What is shown under a filter must be what it matches.
        if (fresh) setOrder(AssetOrder.empty);
        setError(cause instanceof Error ? cause : new Error(String(cause), { cause }));
        setLoading(false);
      });
    }
    if (controller.signal.aborted) return;
    walking = null;
    answerWaiting(untrack(whole));
    // Changes that never pause, as during an ingest, leave the replica half of its time for others.
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

/** When the page has nothing more urgent to do, and soon in any case. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 60 });
    else setTimeout(resolve, 0);
  });
}

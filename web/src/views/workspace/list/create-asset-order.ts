/** The live order of a list's matching assets and their counts, from the mirror; its first page by SQL where that is sooner. */
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import {
  type Accessor,
  batch,
  createComputed,
  createMemo,
  createSignal,
  createUniqueId,
  on,
  onCleanup,
  untrack,
} from 'solid-js';
import type { FirstPageRow } from '../../../queries/first-page.ts';
import { ListedIds } from '../../../replica/model/listed-ids.ts';
import type {
  AssetIdOrder,
  Grouping,
  MirroredList,
  MirrorQuestion,
  Section,
} from '../../../replica/model/mirror-questions.ts';
import type { Replica } from '../../../replica/model/replica.ts';
import { mayTouch, type TableRead } from '../../../replica/read/table-reads.ts';

/** An order's sections, and the value by which they differ. */
interface Division {
  readonly by: Grouping['by'];
  readonly sections: readonly Section[];
}

export interface LiveOrder {
  /** The previous question's order until the current one's first page has been read. */
  readonly order: Accessor<AssetIdOrder>;
  /** The counts that came with the order; those of the previous question until then, null before the first answer. */
  readonly counts: Accessor<Pick<MirroredList, 'facets' | 'histograms' | 'pose'> | null>;
  /** The sections of the order; null without a grouping, and before the mirror has answered. */
  readonly division: Accessor<Division | null>;
  /** Whether the order is still the previous question's, or not read yet. */
  readonly loading: Accessor<boolean>;
  /** Whether the order reaches the last asset that can be listed now. */
  readonly whole: Accessor<boolean>;
  /** The number of matching assets; null while unknown, when there may be more than the order has so far. */
  readonly total: Accessor<number | null>;
  /** Why the latest read failed; null when it did not. */
  readonly error: Accessor<Error | null>;
  /** Resolves with true when the order is whole, with false when it cannot be read or the question changes first. */
  untilWhole(): Promise<boolean>;
  /** Reads again after an error. */
  retry(): void;
}

export interface LiveOrderInput {
  readonly question: MirrorQuestion;
  /** {@link FirstPageRow} rows; null when the mirror alone can tell. */
  readonly firstPage: Statement | null;
  /** Whether the mirror may be asked. During the first load it may not, and the order is the first page. */
  readonly indexed: boolean;
}

export interface LiveOrderOptions {
  /** The tables that the question reads; other changes leave the order as it is. */
  readonly reads: Accessor<readonly TableRead[]>;
  /** The number of matches as other sources know it before the first answer; null: unknown. */
  readonly expected: Accessor<number | null>;
  /** Reads the tiles with which a new order begins; they show together with it. */
  readonly beside?: (order: AssetIdOrder) => Promise<void>;
  /** Called before a new order is shown from its start. */
  readonly onFresh?: () => void;
}

/** @param input tracked; the same object until the question changes. */
export function createAssetOrder(
  replica: Pick<Replica, 'ask' | 'query' | 'onChange'>,
  input: Accessor<LiveOrderInput>,
  { reads, expected, beside, onFresh }: LiveOrderOptions,
): LiveOrder {
  const asker = createUniqueId();
  const [order, setOrder] = createSignal<AssetIdOrder>(ListedIds.empty);
  const [counts, setCounts] = createSignal<MirroredList | null>(null);
  const [division, setDivision] = createSignal<Division | null>(null);
  const [whole, setWhole] = createSignal(false);
  const [loading, setLoading] = createSignal(true);
  const [error, setError] = createSignal<Error | null>(null);
  const waiting = new Set<(whole: boolean) => void>();
  /** The scope of the latest answer: its next one comes at once. */
  let ready: string | null = null;
  /** The read that has not ended. */
  let reading: symbol | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  let stale = false;

  /** @param fresh true for a new question; false after a change of data. */
  async function read(fresh: boolean): Promise<void> {
    const mine = Symbol();
    reading = mine;
    stale = false;
    clearTimeout(again);
    const { question, firstPage, indexed } = untrack(input);
    const scope = JSON.stringify(question.scope);
    const begun = performance.now();
    try {
      if (!indexed) {
        await readFirst(firstPage, mine, fresh);
        if (reading !== mine) return;
        setWhole(true);
      } else {
        let list: MirroredList | null = null;
        if (fresh && ready !== scope && firstPage !== null) {
          // The first page takes SQL as long as sorting, and the tiles would wait for it.
          list = await replica.ask({ ...question, atHand: true }, asker);
          if (reading !== mine) return;
          if (list === null) void readFirst(firstPage, mine, true).catch(() => {});
        }
        list ??= await replica.ask(question, asker);
        if (list === null || reading !== mine) return;
        ready = scope;
        if (fresh) await beside?.(list.order);
        if (reading !== mine) return;
        batch(() => {
          show(list.order, fresh);
          setDivision(question.group ? { by: question.group.by, sections: list.sections } : null);
          setCounts(list);
          setWhole(true);
        });
      }
    } catch (cause) {
      if (reading !== mine) return;
      batch(() => {
        // Assets that the new filter may not match must not stay on the screen.
        if (fresh) {
          setOrder(ListedIds.empty);
          setDivision(null);
        }
        setError(cause instanceof Error ? cause : new Error(String(cause), { cause }));
        setLoading(false);
      });
    }
    reading = null;
    answerWaiting(untrack(whole));
    // During continuous changes, as in an ingest, this takes at most half of the replica's time.
    if (stale) again = setTimeout(() => void read(false), performance.now() - begun);
  }

  /** Shows the first page, unless the whole order has come before it. */
  async function readFirst(statement: Statement | null, mine: symbol, fresh: boolean): Promise<void> {
    const rows = statement === null ? [] : await replica.query<FirstPageRow>(statement);
    const first = new ListedIds(rows.map(({ id }) => id));
    // While the mirror still reads, an empty page may only mean that the filter needs it.
    if (first.length === 0 && untrack(input).indexed) return;
    if (fresh) await beside?.(first);
    if (reading !== mine || (fresh && untrack(whole))) return;
    batch(() => {
      show(first, fresh);
      setDivision(null);
    });
  }

  function show(found: AssetIdOrder, fresh: boolean): void {
    if (fresh && untrack(loading)) onFresh?.();
    if (!untrack(order).equals(found)) setOrder(found);
    setLoading(false);
    setError(null);
  }

  function answerWaiting(isWhole: boolean): void {
    for (const resolve of waiting) resolve(isWhole);
    waiting.clear();
  }

  const settled = createMemo(input);
  createComputed(
    on(settled, (_, before) => {
      if (before) answerWaiting(false);
      begin();
    }),
  );

  function begin(): void {
    batch(() => {
      setLoading(true);
      setWhole(false);
      setError(null);
    });
    void read(true);
  }

  const stopListening = replica.onChange((change) => {
    if (stale || !mayTouch(change, untrack(reads))) return;
    stale = true;
    if (reading !== null) return;
    clearTimeout(again);
    again = setTimeout(() => void read(false), 0);
  });
  onCleanup(() => {
    reading = null;
    clearTimeout(again);
    stopListening();
    answerWaiting(false);
  });

  return {
    order,
    counts,
    division,
    loading,
    whole,
    error,
    total: () => {
      if (whole()) return order().length;
      const known = expected();
      return known === null ? null : Math.max(known, order().length);
    },
    untilWhole() {
      if (untrack(whole) || untrack(error)) return Promise.resolve(untrack(whole));
      return new Promise((resolve) => waiting.add(resolve));
    },
    retry: begin,
  };
}

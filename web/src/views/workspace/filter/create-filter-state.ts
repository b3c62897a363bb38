/**
 * The filter of a list, which the address holds too. A change applies at once; the address follows, later while a range
 * is being dragged, as browsers allow few changes of it a second.
 */
import { useSearchParams } from '@solidjs/router';
import {
  type Accessor,
  createComputed,
  createEffect,
  createMemo,
  createSignal,
  on,
  onCleanup,
  untrack,
} from 'solid-js';
import { formatFilter, isLegacy, parseFilter } from '../../../queries/address/filter-url.ts';
import type { AssetFilter } from '../../../queries/asset-filter.ts';
import type { SubjectListRow } from '../../../queries/subjects.ts';
import type { LiveQuery } from '../../../replica/read/create-live-query.ts';

const DRAG_PAUSE_MS = 250;

export interface FilterState {
  readonly filter: Accessor<AssetFilter>;
  /** @param options.soon whether more changes are about to follow. */
  change(change: Partial<AssetFilter>, options?: { readonly soon: boolean }): void;
}

export function createFilterState(subjects: LiveQuery<SubjectListRow>): FilterState {
  const [search, setSearch] = useSearchParams();
  const address = createMemo(() => parseFilter({ ...search }), undefined, { equals: isSame });
  let latest = untrack(address);
  const [filter, setFilter] = createSignal(latest, { equals: isSame });
  /** Filters on their way into the address: when they arrive there, the list may have a later one. */
  const written = new Set<string>();
  let pause: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(pause));

  function show(next: AssetFilter): void {
    latest = next;
    setFilter(next);
  }
  function write(): void {
    clearTimeout(pause);
    if (isSame(latest, untrack(address))) return;
    written.add(keyOf(latest));
    setSearch(formatFilter(latest), { replace: true, scroll: false });
  }

  // A link or the back button leads to another filter.
  createComputed(
    on(
      address,
      (next) => {
        if (written.delete(keyOf(next))) {
          if (isSame(next, latest)) written.clear();
          return;
        }
        clearTimeout(pause);
        written.clear();
        show(next);
      },
      { defer: true },
    ),
  );

  // Addresses of earlier versions are rewritten once, with subjects by their names.
  createEffect(() => {
    if (!isLegacy({ ...search }) || subjects.loading) return;
    const next = parseFilter({ ...search }, { subjects: subjects() });
    written.add(keyOf(next));
    show(next);
    setSearch(formatFilter(next), { replace: true, scroll: false });
  });

  return {
    filter,
    change(change, options) {
      show({ ...latest, ...change });
      clearTimeout(pause);
      if (options?.soon) pause = setTimeout(write, DRAG_PAUSE_MS);
      else write();
    },
  };
}

function keyOf({ text, sort, descending }: AssetFilter): string {
  return JSON.stringify([text, sort, descending]);
}

function isSame(one: AssetFilter, other: AssetFilter): boolean {
  return keyOf(one) === keyOf(other);
}

/** The numbers beside pinned filters. Their program is fetched only where there are pins: the start needs none of it. */
import { type Accessor, createEffect, createSignal, getOwner, runWithOwner } from 'solid-js';

type Counts = ReadonlyMap<string, number>;

/** @param addresses of the filters. @returns the counts that are known, by address. */
export function createFilterCounts(addresses: Accessor<readonly string[]>): Accessor<Counts> {
  const owner = getOwner();
  const [counts, setCounts] = createSignal<Accessor<Counts>>(() => new Map());
  let isFetched = false;
  createEffect(() => {
    if (isFetched || addresses().length === 0) return;
    isFetched = true;
    void import('../views/saved-filters/create-address-counts.ts')
      .then(({ createAddressCounts }) =>
        runWithOwner(owner, () => {
          const known = createAddressCounts(addresses);
          setCounts(() => known);
        }),
      )
      // Without the program there are no numbers; the links work.
      .catch(() => {});
  });
  return () => counts()();
}

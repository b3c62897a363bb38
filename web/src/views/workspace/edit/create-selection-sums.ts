/** The sums of the selected assets, read in parts and kept current. */
import { type Accessor, createComputed, createSignal, on, onCleanup } from 'solid-js';
import { type AssetSumsRow, assetSumsQuery } from '../../../queries/asset-sums.ts';
import { type TagCountRow, tagsOfAssetsQuery } from '../../../queries/tag-counts.ts';
import type { Replica } from '../../../replica/model/replica.ts';
import { mayTouch } from '../../../replica/read/table-reads.ts';
import { joinSums, type SelectionSums } from './selection-sums.ts';

/** Assets per read: other reads of the page come between two parts. */
const PART = 5000;
/** Milliseconds that a selection must stay the same, as it grows while a person drags or holds a key. */
const PAUSE_MS = 120;
/** Milliseconds after a change of data: reading a large selection again for each would keep the replica busy. */
const CHANGE_PAUSE_MS = 600;

const reads = ['assets', 'asset_tags', 'asset_metadata', 'packages', 'subjects', 'projects'].map((table) => ({
  table,
}));

export interface LiveSums {
  /** Null before the first answer about any selection; until the next answer those of the former selection. */
  readonly sums: Accessor<SelectionSums | null>;
  /** Whether the sums are still those of a former selection. */
  readonly loading: Accessor<boolean>;
}

/** @param ids null: nothing is asked. */
export function createSelectionSums(
  replica: Pick<Replica, 'query' | 'onChange'>,
  ids: Accessor<ReadonlySet<string> | null>,
): LiveSums {
  const [sums, setSums] = createSignal<SelectionSums | null>(null);
  const [loading, setLoading] = createSignal(false);
  let current: ReadonlySet<string> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: symbol | null = null;

  async function read(): Promise<void> {
    const asked = current;
    if (asked === null) return;
    const mine = Symbol();
    reading = mine;
    const all = [...asked];
    const parts: { sums: AssetSumsRow; tags: TagCountRow[] }[] = [];
    for (let start = 0; start < all.length; start += PART) {
      const part = all.slice(start, start + PART);
      const [rows, tags] = await Promise.all([
        replica.query<AssetSumsRow>(assetSumsQuery(part)),
        replica.query<TagCountRow>(tagsOfAssetsQuery(part).statement),
      ]);
      if (reading !== mine) return;
      if (rows[0]) parts.push({ sums: rows[0], tags });
    }
    if (parts.length > 0) setSums(joinSums(parts));
    setLoading(false);
  }

  /** A read that fails leaves the former sums, marked as loading, until the next change. */
  function readSoon(pause: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void read().catch(() => {}), pause);
  }

  createComputed(
    on(ids, (selected) => {
      current = selected;
      reading = null;
      clearTimeout(timer);
      if (selected === null) return;
      setLoading(true);
      readSoon(PAUSE_MS);
    }),
  );
  const stopListening = replica.onChange((change) => {
    if (current !== null && mayTouch(change, reads)) readSoon(CHANGE_PAUSE_MS);
  });
  onCleanup(() => {
    current = null;
    reading = null;
    clearTimeout(timer);
    stopListening();
  });
  return { sums, loading };
}

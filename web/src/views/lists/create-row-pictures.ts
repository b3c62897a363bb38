/** Reads the pictures of the rows that are on the screen, in one query for all of them. */
import { type Accessor, batch, createMemo, createSignal, onCleanup, onMount } from 'solid-js';
import type { RowPicture } from '../../queries/row-pictures.ts';
import type { Replica } from '../../replica/model/replica.ts';
import { createLiveQuery, type LiveQueryInput } from '../../replica/read/create-live-query.ts';

/** Called by a row with its id: returns its pictures for as long as the row exists. */
export type PicturesOf = (id: string) => Accessor<readonly RowPicture[]>;

/** @param ready whether the indexes exist: without them each row would read a whole package. */
export function createRowPictures(
  replica: Pick<Replica, 'query' | 'onChange'>,
  query: (ids: readonly string[]) => LiveQueryInput,
  ready: Accessor<boolean>,
): PicturesOf {
  const [wanted, setWanted] = createSignal<ReadonlySet<string>>(new Set());
  const waiting = new Map<string, boolean>();
  let soon: ReturnType<typeof setTimeout> | undefined;
  /** Takes the changes of a whole scroll at once. */
  function change(id: string, isWanted: boolean): void {
    waiting.set(id, isWanted);
    soon ??= setTimeout(() => {
      soon = undefined;
      const next = new Set(wanted());
      for (const [changed, added] of waiting) {
        if (added) next.add(changed);
        else next.delete(changed);
      }
      waiting.clear();
      batch(() => setWanted(next));
    });
  }
  onCleanup(() => clearTimeout(soon));

  const rows = createLiveQuery<RowPicture>(replica, () => (ready() && wanted().size > 0 ? query([...wanted()]) : null));
  const byOwner = createMemo(() => Map.groupBy(rows(), (row) => row.owner_id));
  const none: readonly RowPicture[] = [];
  return (id) => {
    onMount(() => change(id, true));
    onCleanup(() => change(id, false));
    return () => byOwner().get(id) ?? none;
  };
}

/** The counts that the dashboard's cards share, kept current. */
import { createMemo } from 'solid-js';
import {
  type LibraryHourRow,
  libraryHoursQuery,
  type TroubledPackageRow,
  type TypeCountRow,
  troubledPackagesQuery,
  typeCountsQuery,
} from '../../queries/library-counts.ts';
import { createLiveQuery, type LiveQuery } from '../../replica/read/create-live-query.ts';
import { useReplica } from '../../ui/replica-context.ts';
import type { LibraryTotals } from './figures.ts';

export interface LibraryCounts {
  readonly types: LiveQuery<TypeCountRow>;
  readonly hours: LiveQuery<LibraryHourRow>;
  readonly troubled: LiveQuery<TroubledPackageRow>;
  /** Null: nothing is known yet. */
  readonly totals: () => LibraryTotals | null;
  /** Ids of the projects that this device counts itself; null: before its first load is over. */
  readonly here: () => readonly string[] | null;
}

export function createLibraryCounts(): LibraryCounts {
  const { replica, status, ready } = useReplica();
  const here = createMemo(
    () => {
      if (!ready()) return null;
      return [...status().projects]
        .filter(([, { state }]) => state === 'here' || state === 'leaving')
        .map(([id]) => id)
        .toSorted();
    },
    null,
    { equals: (a, b) => a?.join() === b?.join() },
  );
  const types = createLiveQuery<TypeCountRow>(replica, () => typeCountsQuery(here()), { key: 'asset_type' });
  const hours = createLiveQuery<LibraryHourRow>(replica, libraryHoursQuery, { key: null });
  const troubled = createLiveQuery<TroubledPackageRow>(replica, troubledPackagesQuery);
  const totals = createMemo(() => {
    // Before the first load is over, no rows may mean that none has arrived.
    if (types().length === 0 && (types.loading || types.error !== null || !ready())) return null;
    const sum = (value: (row: TypeCountRow) => number) => types().reduce((all, row) => all + value(row), 0);
    const inTrouble = (column: 'problem_count' | 'missing_count' | 'gap_count') =>
      troubled().reduce((all, row) => all + row[column], 0);
    return {
      assets: sum((row) => row.asset_count),
      bytes: sum((row) => row.size_bytes),
      unreviewed: sum((row) => row.asset_count - row.approved_count - row.rejected_count - row.flagged_count),
      approved: sum((row) => row.approved_count),
      pickedUp: sum((row) => row.picked_up_count),
      damaged: inTrouble('problem_count'),
      missing: inTrouble('missing_count'),
      gaps: inTrouble('gap_count'),
    };
  });
  return { types, hours, troubled, totals, here };
}

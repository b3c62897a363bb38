/** Changes of the library's counts over days, in this device's time zone. */
import type { LibraryHourRow } from '../../queries/library-counts.ts';

export interface CountChanges {
  readonly assets: number;
  readonly bytes: number;
  /** The following are null when the server began to count within the period. */
  readonly approved: number | null;
  readonly pickedUp: number | null;
  readonly unreviewed: number | null;
}

/** Returns midnight of the first of the last `days` days, of which today is one. */
export function startOfPeriod(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days + 1);
}

/** Sums the changes from a time until now. */
export function changesSince(rows: readonly LibraryHourRow[], start: Date): CountChanges {
  const within = rows.filter(({ hour }) => hour >= start);
  const sum = (value: (row: LibraryHourRow) => number) => within.reduce((total, row) => total + value(row), 0);
  const isCounted = countedSince(rows) <= start;
  return {
    assets: sum((row) => row.asset_count),
    bytes: sum((row) => row.size_bytes),
    approved: isCounted ? sum((row) => row.approved_count) : null,
    pickedUp: isCounted ? sum((row) => row.picked_up_count) : null,
    unreviewed: isCounted
      ? sum((row) => row.asset_count - row.approved_count - row.rejected_count - row.flagged_count)
      : null,
  };
}

export interface ReviewedDay {
  readonly day: Date;
  /** Null: the server did not count yet. Negative when more reviews were taken back than made. */
  readonly count: number | null;
}

/** Returns the last `days` days, today last, with the assets that were reviewed on each. */
export function reviewedPerDay(rows: readonly LibraryHourRow[], now: Date, days: number): ReviewedDay[] {
  const counts = new Map<number, number>();
  for (const { hour, reviewed_count } of rows) {
    const day = startOfPeriod(hour, 1).getTime();
    counts.set(day, (counts.get(day) ?? 0) + reviewed_count);
  }
  const since = countedSince(rows);
  return Array.from({ length: days }, (_, index) => {
    const day = startOfPeriod(now, days - index);
    return { day, count: day < since ? null : (counts.get(day.getTime()) ?? 0) };
  });
}

/** Returns the time from which all changes are known; 1970 when there was nothing before. */
function countedSince(rows: readonly LibraryHourRow[]): Date {
  return rows.reduce(
    (latest, { counted_since }) => (counted_since && counted_since > latest ? counted_since : latest),
    new Date(0),
  );
}

/** Puts together what parts of a selection have in common. */
import { type AssetSumsRow, type SharedFact, sharedFacts } from '../../../queries/asset-sums.ts';
import type { TagCountRow } from '../../../queries/tag-counts.ts';

/** One value for all, several, or none known. A value that only some have counts as several. */
export type Shared = { readonly is: 'same'; readonly value: string } | { readonly is: 'mixed' | 'unknown' };

export interface SelectionSums {
  readonly assets: number;
  readonly sizeBytes: number;
  /** Null: no asset has a known duration. */
  readonly durationSeconds: number | null;
  /** Assets with a known duration. */
  readonly timed: number;
  readonly missing: number;
  readonly problems: number;
  readonly pickedUp: number;
  /** The least and the greatest; null: unknown for all. */
  readonly sharpness: readonly [number, number] | null;
  readonly yaw: readonly [number, number] | null;
  readonly pitch: readonly [number, number] | null;
  readonly facts: Readonly<Record<SharedFact, Shared>>;
  /** The number of assets with each tag, the most used first. */
  readonly tags: readonly TagCountRow[];
}

/** @param parts one row and the tags of each part; at least one. */
export function joinSums(
  parts: readonly { readonly sums: AssetSumsRow; readonly tags: readonly TagCountRow[] }[],
): SelectionSums {
  const rows = parts.map(({ sums }) => sums);
  const total = (read: (row: AssetSumsRow) => number) => rows.reduce((sum, row) => sum + read(row), 0);
  const durations = rows.flatMap(({ duration_seconds }) => duration_seconds ?? []);
  const counts = new Map<string, number>();
  for (const { tags } of parts) for (const { name, count } of tags) counts.set(name, (counts.get(name) ?? 0) + count);
  return {
    assets: total(({ assets }) => assets),
    sizeBytes: total(({ size_bytes }) => size_bytes),
    durationSeconds: durations.length === 0 ? null : durations.reduce((sum, seconds) => sum + seconds, 0),
    timed: total(({ timed }) => timed),
    missing: total(({ missing }) => missing),
    problems: total(({ problems }) => problems),
    pickedUp: total(({ picked_up }) => picked_up),
    sharpness: rangeOf(rows, 'sharpness'),
    yaw: rangeOf(rows, 'yaw'),
    pitch: rangeOf(rows, 'pitch'),
    facts: Object.fromEntries(sharedFacts.map((fact) => [fact, sharedOf(rows, fact)])) as Record<SharedFact, Shared>,
    tags: [...counts]
      .map(([name, count]) => ({ name, count }))
      .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
  };
}

function rangeOf(rows: readonly AssetSumsRow[], column: 'sharpness' | 'yaw' | 'pitch'): [number, number] | null {
  const least = rows.flatMap((row) => row[`${column}_least`] ?? []);
  const most = rows.flatMap((row) => row[`${column}_most`] ?? []);
  return least.length === 0 ? null : [Math.min(...least), Math.max(...most)];
}

function sharedOf(rows: readonly AssetSumsRow[], fact: SharedFact): Shared {
  const filled = rows.filter((row) => row.assets > 0);
  const values = new Set(filled.flatMap((row) => [row[`${fact}_least`] ?? [], row[`${fact}_most`] ?? []].flat()));
  const [value] = values;
  if (value === undefined) return { is: 'unknown' };
  const isKnownForAll = filled.every((row) => row[`${fact}_known`] === row.assets);
  return values.size === 1 && isKnownForAll ? { is: 'same', value } : { is: 'mixed' };
}

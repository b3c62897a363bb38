/** Sums the rows of each section. */

import type { SectionTotals } from '../model/mirror-questions.ts';
import type { AssetTable } from './asset-table.ts';

/** File types whose assets have a duration, even while it is unknown. */
const LASTING = ['video', 'audio'];

interface Totals extends SectionTotals {
  readonly count: number;
}

/**
 * Returns the sums by key.
 *
 * @param rows the matching rows, ascending: so memory is read from start to end.
 * @param keyOf for each row of the table, its key, below `keys`.
 */
export function* totalsOf(
  table: AssetTable,
  rows: Uint32Array,
  keyOf: Uint32Array,
  keys: number,
): Generator<void, Totals[]> {
  const statuses = table.valuesOf('review_status');
  const { codes } = table.codes.review_status;
  const reviewed = new Uint32Array(keys * (statuses.length + 1));
  const counts = new Uint32Array(keys);
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] as number;
    const key = keyOf[row] as number;
    counts[key] = (counts[key] as number) + 1;
    const at = key * (statuses.length + 1) + Math.min(codes[row] as number, statuses.length);
    reviewed[at] = (reviewed[at] as number) + 1;
  }
  yield;
  const sizes = new Float64Array(keys);
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] as number;
    const key = keyOf[row] as number;
    sizes[key] = (sizes[key] as number) + table.numbers.size_bytes.get(row);
  }
  yield;
  const durations = sumDurations(table, rows, keyOf, keys);
  const countOf = (key: number, status: string) => {
    const code = statuses.indexOf(status);
    return code === -1 ? 0 : (reviewed[key * (statuses.length + 1) + code] as number);
  };
  return Array.from(counts, (count, key) => ({
    count,
    approved: countOf(key, 'approved'),
    rejected: countOf(key, 'rejected'),
    flagged: countOf(key, 'flagged'),
    sizeBytes: sizes[key] as number,
    durationSeconds: durations[key] ?? null,
  }));
}

/** Returns the seconds of each key; null when none is known, or not all are. */
function sumDurations(table: AssetTable, rows: Uint32Array, keyOf: Uint32Array, keys: number): (number | null)[] {
  // A package of stills has no duration at all.
  const hasAny = table.numbers.duration_seconds.numbers !== null;
  const sums = new Array<number | null>(keys).fill(null);
  if (!hasAny) return sums;
  const lasting = table.valuesOf('file_type').map((type) => LASTING.includes(type));
  const { codes } = table.codes.file_type;
  const unknown = new Uint8Array(keys);
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] as number;
    const key = keyOf[row] as number;
    const seconds = table.numbers.duration_seconds.get(row);
    if (!Number.isNaN(seconds)) sums[key] = (sums[key] ?? 0) + seconds;
    else if (lasting[codes[row] as number] === true) unknown[key] = 1;
  }
  return sums.map((sum, key) => (unknown[key] === 1 ? null : sum));
}

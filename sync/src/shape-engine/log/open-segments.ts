import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeMark } from './mark.ts';
import type { OpenFiles } from './open-files.ts';
import { Segment } from './segment.ts';

/** Marks read at a time. */
const PAGE = 1024;

/**
 * Opens the segments in a shape's folder, cuts them back to the transactions before an LSN, and removes leftovers of a
 * crash. A compacted segment is complete on disk and stays uncut, because its updates were merged across the cut.
 *
 * @throws Error when a required segment is missing.
 */
export async function openSegments(files: OpenFiles, folder: string, confirmedLsn: bigint): Promise<Segment[]> {
  const names = new Set((await readdir(folder)).filter((name) => /^\d+(\.c|\.tmp)?$/.test(name)));
  const remove = (name: string) => rm(join(folder, name), { recursive: true, force: true });
  // Renamed first, so that a process killed in between leaves no folder with a file missing.
  const removeWhole = async (name: string, number: number) => {
    await rename(join(folder, name), join(folder, `${number}.tmp`));
    await remove(`${number}.tmp`);
  };
  for (const name of names) if (name.endsWith('.tmp') || names.has(`${name}.c`)) await remove(name);
  const kept = [...names].filter((name) => !name.endsWith('.tmp') && !names.has(`${name}.c`));
  const numbered = kept.map((name) => ({ name, number: Number.parseInt(name, 10) }));
  numbered.sort((a, b) => a.number - b.number);

  const segments: Segment[] = [];
  let cut = false;
  for (const [place, { name, number }] of numbered.entries()) {
    if (cut) {
      await removeWhole(name, number);
      continue;
    }
    if (number !== place) throw new Error(`${join(folder, String(place))} is missing`);
    const segment = Segment.open(files, number, join(folder, name));
    const found = segment.count;
    segment.cutBack(segment.compacted ? found : countBefore(segment, confirmedLsn));
    cut = segment.count < found || segment.count === 0;
    if (segment.count > 0) segments.push(segment);
    else {
      for (const file of [segment.data, segment.index]) files.forget(file);
      await removeWhole(name, number);
    }
  }
  return segments;
}

/** Counts the marks up to the last one that ends a transaction before an LSN. Searches from the end, where the data may be garbage. */
function countBefore(segment: Segment, lsn: bigint): number {
  for (let end = segment.count; end > 0; end -= PAGE) {
    const start = Math.max(0, end - PAGE);
    const page = segment.page(start, end);
    for (let index = end - start - 1; index >= 0; index--) {
      const mark = decodeMark(page, index);
      if (mark?.endsTransaction && mark.lsn < lsn) return start + index + 1;
    }
  }
  return 0;
}

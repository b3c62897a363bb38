import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeMark } from './mark.ts';
import type { OpenFiles } from './open-files.ts';
import { Segment } from './segment.ts';

/** Marks that are looked at together. */
const PAGE = 1024;

/**
 * The segments of a shape's folder, cut back to the transactions before an LSN; what a crash left over is removed. A
 * compacted segment is whole on disk, and kept whole: its updates were merged over the cut.
 *
 * @throws Error when what has to be there is not.
 */
export async function openSegments(files: OpenFiles, folder: string, confirmedLsn: bigint): Promise<Segment[]> {
  const names = new Set((await readdir(folder)).filter((name) => /^\d+(\.c|\.tmp)?$/.test(name)));
  const remove = (name: string) => rm(join(folder, name), { recursive: true, force: true });
  // Its name goes first: a process that is killed in between leaves no folder that lacks a file.
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

/** Marks up to the last one that ends a transaction before an LSN. From behind: what lies there may be anything. */
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

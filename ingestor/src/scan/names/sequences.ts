/** Finds the files of a package that are frames of one image sequence. Pure. */
import { frameList, missingFrames } from './frame-list.ts';
import { type FrameName, frameNameOf } from './frame-name.ts';
import { type Numbering, numberingsOf, writeNumber } from './frame-numbering.ts';
import { joinBetweenFrames } from './sub-frames.ts';
import { areUdimTiles } from './udim.ts';

export interface Sequence<File> {
  /**
   * The path with a # for each digit of the frame number: 'plate/sh010.####.exr'; '-###' stands for four places of
   * which a negative frame's sign takes one. The extension has the spelling of most files. A sequence between frames
   * has the fraction before it: 'plate/sh010.####.5.exr'.
   */
  readonly relativePath: string;
  /** The minimum number of digits of a frame number; 1 for unpadded numbers. */
  readonly padding: number;
  readonly first: number;
  readonly last: number;
  /** In frame list notation; null: none. */
  readonly missing: string | null;
  /** Frames that also exist with another padding or another spelling of the extension; null: none. */
  readonly duplicates: string | null;
  /** In frame order. */
  readonly files: readonly File[];
}

export interface Grouped<File> {
  readonly sequences: readonly Sequence<File>[];
  readonly singles: readonly File[];
}

export interface Member<File> {
  readonly file: File;
  readonly name: FrameName;
}

/** Groups files: two or more with the same folder, stem, numbering and extension are a sequence. */
export function groupSequences<File extends { readonly relativePath: string }>(files: Iterable<File>): Grouped<File> {
  const sequences: Sequence<File>[] = [];
  const singles: File[] = [];
  // Files that are really named 'a.####.exr': no sequence may take their path.
  const taken = new Set<string>();
  // By folder and stem.
  const families = new Map<string, Member<File>[]>();
  for (const file of files) {
    const { relativePath } = file;
    const slash = relativePath.lastIndexOf('/') + 1;
    const name = frameNameOf(relativePath.slice(slash));
    if (name === null) {
      singles.push(file);
      if (relativePath.includes('#', slash)) taken.add(relativePath);
      continue;
    }
    const prefix = relativePath.slice(0, slash + name.stem.length);
    const family = families.get(prefix);
    if (family) family.push({ file, name });
    else families.set(prefix, [{ file, name }]);
  }

  joinBetweenFrames(families);
  for (const [prefix, family] of families) {
    for (const alike of Map.groupBy(family, ({ name }) => name.extension.toLowerCase()).values()) {
      const groups = byNumbering(alike);
      const twice = groups.length === 1 ? new Set<number>() : framesSeenTwice(alike);
      for (const { members, numbering } of groups) {
        const sequence = toSequence(prefix, members, numbering, twice);
        if (sequence === null || taken.has(sequence.relativePath)) {
          for (const { file } of members) singles.push(file);
        } else sequences.push(sequence);
      }
    }
  }
  return { sequences, singles };
}

/** Returns the path of one frame of a sequence: 'a.####.exr' and 12 become 'a.0012.exr'. */
export function framePath(relativePath: string, padding: number, frame: number): string {
  const end = relativePath.lastIndexOf('#') + 1;
  const start = end - padding;
  const signInside = relativePath[start] === '-';
  return relativePath.slice(0, start) + writeNumber(frame, { padding, signInside }) + relativePath.slice(end);
}

interface Group<File> {
  readonly numbering: Numbering;
  readonly members: Member<File>[];
}

function byNumbering<File>(family: readonly Member<File>[]): Group<File>[] {
  // If a frame exists in two spellings, neither may be dropped for the other.
  const isTwice = framesSeenTwice(family).size > 0;
  const spellings = Map.groupBy(family, ({ name }) => (isTwice ? name.extension : ''));
  return [...spellings.values()].flatMap((members) => {
    const numberings = numberingsOf(members.map(({ name }) => name));
    const groups = new Map<number, Group<File>>();
    for (const [index, member] of members.entries()) {
      const numbering = numberings[index] as Numbering;
      const group = groups.get(numbering.padding);
      if (group) group.members.push(member);
      else groups.set(numbering.padding, { numbering, members: [member] });
    }
    return [...groups.values()];
  });
}

function framesSeenTwice(family: readonly Member<unknown>[]): Set<number> {
  const seen = new Set<number>();
  const twice = new Set<number>();
  for (const { name } of family) {
    if (seen.has(name.frame)) twice.add(name.frame);
    seen.add(name.frame);
  }
  return twice;
}

/** Returns null when the files are separate pictures. @param prefix folder and stem. */
function toSequence<File>(
  prefix: string,
  members: Member<File>[],
  { padding, signInside }: Numbering,
  twice: ReadonlySet<number>,
): Sequence<File> | null {
  const ordered = members.sort((a, b) => a.name.frame - b.name.frame);
  const frames = ordered.map(({ name }) => name.frame);
  const first = frames[0] ?? 0;
  const last = frames.at(-1) ?? 0;
  if (ordered.length === 1 || areSizes(ordered)) return null;
  const extension = commonSpelling(ordered);
  if (areUdimTiles({ prefix, extension, padding, frames })) return null;
  const places = signInside ? `-${'#'.repeat(padding - 1)}` : '#'.repeat(padding);
  return {
    relativePath: prefix + places + extension,
    padding,
    first,
    last,
    missing: missingFrames(frames),
    duplicates: twice.size === 0 ? null : frameList(frames.filter((frame) => twice.has(frame))),
    files: ordered.map(({ file }) => file),
  };
}

/** Returns the most frequent spelling; of equally frequent ones the first. */
function commonSpelling(members: readonly Member<unknown>[]): string {
  const spellings = Map.groupBy(members, ({ name }) => name.extension);
  return [...spellings].reduce((best, next) => (next[1].length > best[1].length ? next : best))[0];
}

const LINES = new Set([480, 540, 576, 720, 1080, 1440, 2160, 4320]);

/** Whether the files are one picture in several sizes: `map_1024.png` `map_2048.png`. */
function areSizes(members: readonly Member<unknown>[]): boolean {
  return members.every(
    ({ name: { frame, digits } }) =>
      !digits.startsWith('0') && (LINES.has(frame) || (frame >= 16 && Number.isInteger(Math.log2(frame)))),
  );
}

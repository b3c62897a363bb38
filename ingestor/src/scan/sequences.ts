/** Which files of a package are frames of one image sequence. Pure: names in, groups out. */
import { frameList, missingFrames } from './frame-list.ts';
import { type FrameName, frameNameOf } from './frame-name.ts';
import { type Numbering, numberingsOf, writeNumber } from './frame-numbering.ts';
import { areUdimTiles } from './udim.ts';

export interface Sequence<File> {
  /**
   * With a # for each place of the frame number: 'plate/sh010.####.exr'; with '-###' for those four places
   * where the sign of a negative frame is one of them.
   */
  readonly relativePath: string;
  /** The least number of digits of a frame number; 1 where numbers are not padded. */
  readonly padding: number;
  readonly first: number;
  readonly last: number;
  /** Frame list notation; null: none missing. */
  readonly missing: string | null;
  /** Frames that there is another file for, of another padding or spelling of the extension; null: none. */
  readonly duplicates: string | null;
  /** In frame order. */
  readonly files: readonly File[];
}

export interface Grouped<File> {
  readonly sequences: readonly Sequence<File>[];
  readonly singles: readonly File[];
}

interface Member<File> extends FrameName {
  readonly file: File;
}

/** Two files or more with the same folder, stem, numbering and extension are a sequence. */
export function groupSequences<File extends { readonly relativePath: string }>(files: Iterable<File>): Grouped<File> {
  const sequences: Sequence<File>[] = [];
  const singles: File[] = [];
  // Files that are really called 'a.####.exr': no sequence takes their path.
  const taken = new Set<string>();
  // By folder, stem and extension; '/' ends the one and is in none of the others.
  const families = new Map<string, Member<File>[]>();
  for (const file of files) {
    const slash = file.relativePath.lastIndexOf('/') + 1;
    const frameName = frameNameOf(file.relativePath.slice(slash));
    if (frameName === null) {
      singles.push(file);
      if (file.relativePath.includes('#', slash)) taken.add(file.relativePath);
      continue;
    }
    const key = `${file.relativePath.slice(0, slash)}${frameName.stem}/${frameName.extension.toLowerCase()}`;
    const member = { ...frameName, file };
    const family = families.get(key);
    if (family) family.push(member);
    else families.set(key, [member]);
  }

  for (const family of families.values()) {
    const groups = byNumbering(family);
    const twice = groups.length === 1 ? new Set<number>() : framesSeenTwice(family);
    for (const { members, numbering } of groups) {
      const sequence = toSequence(members, numbering, twice);
      if (sequence === null || taken.has(sequence.relativePath)) singles.push(...members.map(({ file }) => file));
      else sequences.push(sequence);
    }
  }
  return { sequences, singles };
}

/** The path of one frame of a sequence: 'a.####.exr' and 12 make 'a.0012.exr'. */
export function framePath(relativePath: string, padding: number, frame: number): string {
  const end = relativePath.lastIndexOf('.');
  const start = end - padding;
  const signInside = relativePath[start] === '-';
  return relativePath.slice(0, start) + writeNumber(frame, { padding, signInside }) + relativePath.slice(end);
}

interface Group<File> {
  readonly numbering: Numbering;
  readonly members: Member<File>[];
}

function byNumbering<File>(family: readonly Member<File>[]): Group<File>[] {
  // A sequence's path has one spelling of the extension, so that each frame's own can be made of it.
  const spellings = Map.groupBy(family, ({ extension }) => extension);
  return [...spellings.values()].flatMap((members) => {
    const numberings = numberingsOf(members);
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

function framesSeenTwice(family: readonly FrameName[]): Set<number> {
  const seen = new Set<number>();
  const twice = new Set<number>();
  for (const { frame } of family) {
    if (seen.has(frame)) twice.add(frame);
    seen.add(frame);
  }
  return twice;
}

/** Null for what is a picture each. */
function toSequence<File extends { readonly relativePath: string }>(
  members: Member<File>[],
  { padding, signInside }: Numbering,
  twice: ReadonlySet<number>,
): Sequence<File> | null {
  const ordered = members.sort((a, b) => a.frame - b.frame);
  const [first] = ordered;
  const last = ordered.at(-1);
  if (!first || !last || ordered.length === 1) return null;
  const frames = ordered.map(({ frame }) => frame);
  const slash = first.file.relativePath.lastIndexOf('/') + 1;
  const folder = first.file.relativePath.slice(0, slash);
  const { stem, extension } = first;
  if (areSizes(ordered) || areUdimTiles({ folder, stem, name: first.file.relativePath, padding, frames })) return null;
  const places = signInside ? `-${'#'.repeat(padding - 1)}` : '#'.repeat(padding);
  return {
    relativePath: `${folder}${stem}${places}${extension}`,
    padding,
    first: first.frame,
    last: last.frame,
    missing: missingFrames(frames),
    duplicates: frameList(frames.filter((frame) => twice.has(frame))),
    files: ordered.map(({ file }) => file),
  };
}

const LINES = new Set([480, 540, 576, 720, 1080, 1440, 2160, 4320]);

/** One picture in several sizes: `map_1024.png` `map_2048.png`. */
function areSizes(names: readonly FrameName[]): boolean {
  return names.every(
    ({ frame, digits }) =>
      !digits.startsWith('0') && (LINES.has(frame) || (frame >= 16 && Number.isInteger(Math.log2(frame)))),
  );
}

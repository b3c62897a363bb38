/** Which files of a package are frames of one image sequence. Pure: names in, groups out. */
import { isFaceCropName } from '../analyze/face-crop.ts';
import { mayBeFrame } from './file-types.ts';
import { missingFrames } from './frame-list.ts';

export interface Sequence<File> {
  /** With a # for each digit of the frame number: 'plate/sh010.####.exr'. */
  readonly relativePath: string;
  /** Digits of a frame number. */
  readonly padding: number;
  readonly first: number;
  readonly last: number;
  /** Frame list notation; null: none missing. */
  readonly missing: string | null;
  /** In frame order. */
  readonly files: readonly File[];
}

export interface Grouped<File> {
  readonly sequences: readonly Sequence<File>[];
  readonly singles: readonly File[];
}

/** `name.0001.exr`, `name_0001.exr` or `0001.exr`; nine digits are what an integer column holds. */
const FRAME = /^(?<stem>(?:.*[._])?)(?<digits>\d{1,9})(?<extension>\.[^.]+)$/s;

/**
 * Two files or more with the same folder, stem, number of digits and extension are a sequence. Version
 * tokens (`_v012`) are no frame numbers, and face crops are pictures of their own.
 */
export function groupSequences<File extends { readonly relativePath: string }>(files: Iterable<File>): Grouped<File> {
  const groups = new Map<string, { file: File; frame: number; padding: number }[]>();
  const singles: File[] = [];
  for (const file of files) {
    const pattern = framePattern(file.relativePath);
    if (pattern === null) {
      singles.push(file);
      continue;
    }
    const group = groups.get(pattern.relativePath);
    const member = { file, frame: pattern.frame, padding: pattern.padding };
    if (group) group.push(member);
    else groups.set(pattern.relativePath, [member]);
  }

  const sequences: Sequence<File>[] = [];
  for (const [relativePath, members] of groups) {
    members.sort((a, b) => a.frame - b.frame);
    const [first] = members;
    const last = members.at(-1);
    if (!first || !last) continue;
    if (members.length === 1) {
      singles.push(first.file);
      continue;
    }
    sequences.push({
      relativePath,
      padding: first.padding,
      first: first.frame,
      last: last.frame,
      missing: missingFrames(members.map(({ frame }) => frame)),
      files: members.map(({ file }) => file),
    });
  }
  return { sequences, singles };
}

/** The path of one frame of a sequence: 'a.####.exr' and 12 make 'a.0012.exr'. */
export function framePath(relativePath: string, padding: number, frame: number): string {
  const end = relativePath.lastIndexOf('.');
  return relativePath.slice(0, end - padding) + String(frame).padStart(padding, '0') + relativePath.slice(end);
}

function framePattern(relativePath: string): { relativePath: string; frame: number; padding: number } | null {
  const slash = relativePath.lastIndexOf('/') + 1;
  const name = relativePath.slice(slash);
  if (!mayBeFrame(name) || isFaceCropName(name)) return null;
  const match = FRAME.exec(name)?.groups;
  if (!match) return null;
  const { stem = '', digits = '', extension = '' } = match;
  return {
    relativePath: `${relativePath.slice(0, slash)}${stem}${'#'.repeat(digits.length)}${extension}`,
    frame: Number(digits),
    padding: digits.length,
  };
}

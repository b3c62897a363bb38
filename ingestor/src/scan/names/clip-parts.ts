/** Finds the files that are parts of one recording: a RED camera begins another file whenever one is full. Pure. */
import { frameList } from './frame-list.ts';
import type { Sequence } from './sequences.ts';

/** 'A011_C001_0402QX_002.R3D'. Parts count from 1. */
const PART = /^(.+_)(\d{3})(\.r3d)$/i;
const PADDING = 3;

interface Part<File> {
  readonly file: File;
  readonly number: number;
  /** As written, with its dot. */
  readonly extension: string;
}

export interface Clips<File> {
  /** The parts of each are its frames: the path is 'A011_C001_0402QX_###.R3D', and the first part is number 1. */
  readonly clips: readonly Sequence<File>[];
  readonly singles: readonly File[];
}

/** Groups files. A clip that is whole in its first file is a single one. */
export function groupParts<File extends { readonly relativePath: string }>(files: readonly File[]): Clips<File> {
  const families = new Map<string, Part<File>[]>();
  const singles: File[] = [];
  const paths = new Set<string>();
  for (const file of files) {
    const { relativePath } = file;
    const [, stem = '', digits = '', extension = ''] = PART.exec(relativePath) ?? [];
    if (Number(digits) === 0) {
      singles.push(file);
      if (relativePath.includes('#')) paths.add(relativePath);
      continue;
    }
    const part = { file, number: Number(digits), extension };
    const family = families.get(stem);
    if (family) family.push(part);
    else families.set(stem, [part]);
  }
  const clips: Sequence<File>[] = [];
  for (const [stem, family] of families) {
    const parts = family.toSorted((a, b) => a.number - b.number);
    const numbers = parts.map(({ number }) => number);
    const last = numbers.at(-1) ?? 0;
    const relativePath = `${stem}${'#'.repeat(PADDING)}${parts[0]?.extension}`;
    // The same part in two spellings, or a file that is really named so.
    if (last === 1 || new Set(numbers).size < numbers.length || paths.has(relativePath)) {
      singles.push(...parts.map(({ file }) => file));
      continue;
    }
    const missing = Array.from({ length: last }, (_, index) => index + 1).filter((number) => !numbers.includes(number));
    clips.push({
      ...{ relativePath, padding: PADDING, first: 1, last },
      missing: frameList(missing),
      duplicates: null,
      files: parts.map(({ file }) => file),
    });
  }
  return { clips, singles };
}

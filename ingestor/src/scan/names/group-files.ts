/** Groups the files of a package into what each asset will be. Pure. */
import { groupParts } from './clip-parts.ts';
import { groupSequences, type Sequence } from './sequences.ts';

export interface GroupedFiles<File> {
  readonly sequences: readonly Sequence<File>[];
  /** Recordings in several files. */
  readonly clips: readonly Sequence<File>[];
  readonly singles: readonly File[];
}

export function groupFiles<File extends { readonly relativePath: string }>(files: Iterable<File>): GroupedFiles<File> {
  const { sequences, singles } = groupSequences(files);
  return { sequences, ...groupParts(singles) };
}

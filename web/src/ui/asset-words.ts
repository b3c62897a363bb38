/** Display names of file types; those of asset types are in the list of package kinds. */
import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';

export const fileTypeNames = {
  video: 'Video',
  image: 'Image',
  sequence: 'Sequence',
  audio: 'Audio',
  other: 'Other',
} as const satisfies Record<FileType, string>;

/** Display names of file types and asset types. */
import type { AssetType, FileType } from '@ingesthub/schema/vocabulary.ts';

export const fileTypeNames = {
  video: 'Video',
  image: 'Image',
  sequence: 'Sequence',
  audio: 'Audio',
  other: 'Other',
} as const satisfies Record<FileType, string>;

export const assetTypeNames = {
  aligned: 'Aligned',
  plate: 'Plate',
  grid: 'Grid',
  raw: 'Raw',
  graded: 'Graded',
  proxy: 'Proxy',
  audio: 'Audio',
  metadata: 'Metadata',
} as const satisfies Record<AssetType, string>;

/** Where a player finds the film or sound of an asset. */
import type { AssetRow } from '@ingesthub/schema/rows.ts';

export type MovieFacts = Pick<AssetRow, 'id' | 'file_type' | 'proxy_status' | 'proxy_version'>;

/** Path and search; null: there is nothing to play, or not yet. A proxy's changes with the file. */
export function movieAddress(asset: MovieFacts): string | null {
  const media = `/media/assets/${asset.id}`;
  if (asset.proxy_status === 'ready' && asset.proxy_version !== null) return `${media}/proxy?v=${asset.proxy_version}`;
  // A browser plays the file as it is.
  const plays = asset.file_type === 'video' || asset.file_type === 'audio';
  return asset.proxy_status === 'none' && plays ? `${media}/original` : null;
}

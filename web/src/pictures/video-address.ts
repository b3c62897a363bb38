/** Finds the address from which a player loads an asset's video or sound. */
import type { AssetRow } from '@ingesthub/schema/library/rows.ts';

export type VideoFacts = Pick<AssetRow, 'id' | 'file_type' | 'proxy_status' | 'proxy_version'>;

/** Returns path and search; null when there is nothing to play, or not yet. A proxy's address changes with its file. */
export function videoAddress(asset: VideoFacts): string | null {
  const media = `/media/assets/${asset.id}`;
  if (asset.proxy_status === 'ready' && asset.proxy_version !== null) return `${media}/proxy?v=${asset.proxy_version}`;
  // Without a proxy, the browser can play the original.
  const plays = asset.file_type === 'video' || asset.file_type === 'audio';
  return asset.proxy_status === 'none' && plays ? `${media}/original` : null;
}

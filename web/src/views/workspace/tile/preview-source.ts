/** Finds the preview of an asset: the address of its picture, video or sound, or the reason why it has none. */
import type { AssetRow } from '@ingesthub/schema/library/rows.ts';

type ThumbnailFacts = Pick<AssetRow, 'id' | 'file_type' | 'thumbnail_status' | 'thumbnail_version' | 'problem'>;

/** Returns an address that changes with the picture; null when the asset has no thumbnail. */
export function thumbnailSource(asset: ThumbnailFacts): string | null {
  if (asset.thumbnail_status !== 'ready' || asset.thumbnail_version === null) return null;
  return `/media/assets/${asset.id}/thumbnail?v=${asset.thumbnail_version}`;
}

/** Returns the address of a sound's waveform; null when there is none. */
export function waveformSource(asset: Pick<AssetRow, 'id' | 'waveform_version' | 'file_type'>): string | null {
  if (asset.file_type !== 'audio' || asset.waveform_version === null) return null;
  return `/media/assets/${asset.id}/waveform?v=${asset.waveform_version}`;
}

/** Returns the address of the pictures of a video or sequence, 10 by 10 on one sheet; null when there is none. */
export function spriteSource(asset: Pick<AssetRow, 'id' | 'sprite_version'>): string | null {
  return asset.sprite_version === null ? null : `/media/assets/${asset.id}/sprite?v=${asset.sprite_version}`;
}

/** Returns the text to show in place of a picture. */
export function placeholderText(asset: ThumbnailFacts): string {
  if (asset.thumbnail_status === 'failed') return asset.problem ?? 'No preview could be made.';
  if (asset.thumbnail_status === 'pending') return 'Preview pending';
  return asset.file_type === 'audio' ? 'Audio' : 'No preview';
}

export type Preview =
  | { readonly kind: 'video'; readonly source: string; readonly poster: string | null }
  | { readonly kind: 'audio'; readonly source: string }
  | { readonly kind: 'image'; readonly source: string }
  | { readonly kind: 'none'; readonly reason: string };

export function previewOf(asset: ThumbnailFacts & Pick<AssetRow, 'proxy_status' | 'proxy_version'>): Preview {
  const thumbnail = thumbnailSource(asset);
  const media = `/media/assets/${asset.id}`;
  if (asset.proxy_status === 'ready' && asset.proxy_version !== null) {
    const source = `${media}/proxy?v=${asset.proxy_version}`;
    return asset.file_type === 'audio' ? { kind: 'audio', source } : { kind: 'video', source, poster: thumbnail };
  }
  if (asset.proxy_status === 'none') {
    // Without a proxy, the browser can play the original.
    const source = `${media}/original`;
    if (asset.file_type === 'video') return { kind: 'video', source, poster: thumbnail };
    if (asset.file_type === 'audio') return { kind: 'audio', source };
  }
  if (thumbnail !== null) return { kind: 'image', source: thumbnail };
  // The reason of a failure is the asset's problem, which is shown beside the preview.
  return { kind: 'none', reason: placeholderText({ ...asset, problem: null }) };
}

/** Finds the file itself as a picture that browsers show, for looking at its own pixels. */
import type { AssetRow } from '@ingesthub/schema/library/rows.ts';

/** Extensions of the formats that Chromium, Firefox and Safari show. */
const SHOWN = new Set(['png', 'jpg', 'jpeg', 'webp', 'gif', 'avif', 'bmp']);

export type FullPicture = { readonly address: string } | { readonly reason: string };

/** @param online whether the server answers: originals are never kept on a device. */
export function fullPicture(
  asset: Pick<AssetRow, 'id' | 'name' | 'file_type' | 'first_frame' | 'missing_since'>,
  online: boolean,
): FullPicture {
  const extension = asset.name.slice(asset.name.lastIndexOf('.') + 1).toLowerCase();
  if (asset.file_type !== 'image' || asset.first_frame !== null) return { reason: 'This is a preview of the file.' };
  if (!SHOWN.has(extension))
    return { reason: `Browsers can’t show ${extension.toUpperCase()} files, so this is a preview.` };
  if (asset.missing_since !== null) return { reason: 'The file isn’t on disk, so this is a preview.' };
  if (!online) return { reason: 'You’re offline, so this is the preview on this device.' };
  return { address: `/media/assets/${asset.id}/original` };
}

/** Copies an asset's path, or a command for it, as this computer has its file. */

import { pasteablePath } from '@ingesthub/schema/paths/stored-path.ts';
import { assetCommand, type Program } from '../../../../paths/asset-commands.ts';
import { mapPath, pathMappings } from '../../../../paths/map-path.ts';
import { serverPath } from '../../../../paths/server-path.ts';
import type { AssetDetail } from '../../../../queries/assets.ts';
import { copyText } from '../../../../ui/copy-text.ts';
import { notify, notifyFailure } from '../../../../ui/notices.ts';

type CopiedAsset = Pick<
  AssetDetail,
  'source_path' | 'relative_path' | 'file_type' | 'first_frame' | 'last_frame' | 'missing_frames'
>;

/** Returns the path on this computer, to paste into a program or a shell. */
export function pathOf(asset: CopiedAsset): string {
  return pasteablePath(mapPath(serverPath(asset), pathMappings()));
}

export function folderOf({ source_path }: Pick<AssetDetail, 'source_path'>): string {
  return pasteablePath(mapPath(source_path, pathMappings()));
}

/** Returns the command for a shell of this computer; null when the program cannot read such a file. */
export function commandOf(program: Program, asset: CopiedAsset): string | null {
  return assetCommand(program, { ...asset, path: mapPath(serverPath(asset), pathMappings()) });
}

/** @param what names the text in notices: 'path' */
export async function copy(text: string | Promise<string>, what: string): Promise<void> {
  try {
    await copyText(text);
    notify(`Copied the ${what}`);
  } catch (error) {
    notifyFailure(`Could not copy the ${what}`, error);
  }
}

import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { storedPlace, storedText } from '@ingesthub/schema/paths/stored-path.ts';
import { WHOLE_FILE_LIMIT } from '../../media/facts/content-hash.ts';
import type { DerivativeStore } from '../../media/tools/derivative-store.ts';
import { linkNumbered } from '../../media/tools/derivative-store.ts';
import { MediaProblem, problemOf } from '../../media/tools/media-problem.ts';
import { type MediaSource, nounOf } from '../../media/tools/media-source.ts';
import { nsOfFrames } from '../../scan/assets-of.ts';
import { clampNs } from '../../scan/file-identity.ts';
import { isInsideAny } from '../../scan/media-roots.ts';
import { existingFrames } from '../../scan/names/frame-list.ts';
import { textOfName } from '../../scan/names/path-text.ts';
import { framePath } from '../../scan/names/sequences.ts';
import { spelledNames } from '../../scan/names/spelled-names.ts';
import type { AssetFiles } from '../../sql/asset-work.ts';

/** The file is gone or differs from the scanned one: its folder must be scanned again before any result is recorded. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged';
}

/**
 * Works with an asset's files as the scan found them. Files whose names are not UTF-8 are passed as links.
 *
 * @throws MediaProblem when the files lie outside the media roots after links are resolved.
 * @throws FileChanged
 */
export async function withSource<T>(
  asset: AssetFiles,
  { mediaRoots, store }: { readonly mediaRoots: readonly string[]; readonly store: DerivativeStore },
  use: (source: MediaSource) => Promise<T>,
): Promise<T> {
  const { fileType } = asset;
  const frames = framesOf(asset);
  const files = await pathsOf(asset, frames);
  const modifiedNs = await checkFiles(asset, files, mediaRoots);
  const isPicture = fileType === 'image' || fileType === 'sequence';
  const about = { fileType, frames, ...(isPicture && asset.size > WHOLE_FILE_LIMIT ? { modifiedNs } : {}) };
  try {
    return await useFiles();
  } catch (error) {
    // A file that changed in the meantime says nothing about its former or future content.
    await checkFiles(asset, files, mediaRoots);
    throw error;
  }

  function useFiles(): Promise<T> {
    if (files.every((file) => typeof diskPath(file) === 'string')) return use({ ...about, files });
    return store.withFolder(async (folder) => {
      const [first = '', ...rest] = (await linkNumbered(files, folder)).map((name) => path.join(folder, name));
      return use({ ...about, files: [first, ...rest] });
    });
  }
}

/** Returns the frame numbers of a sequence; null for other assets. */
function framesOf({ firstFrame, lastFrame, framePadding, missingFrames }: AssetFiles): number[] | null {
  const isSequence = firstFrame !== null && lastFrame !== null && framePadding !== null;
  return isSequence ? existingFrames(firstFrame, lastFrame, missingFrames) : null;
}

async function pathsOf(
  { sourcePath, relativePath, framePadding }: AssetFiles,
  frames: readonly number[] | null,
): Promise<readonly [string, ...string[]]> {
  const file = storedText(storedPlace(sourcePath, relativePath));
  if (frames === null) return [file];
  const [folder, name] = [path.dirname(file), path.basename(file)];
  const names = frames.map((frame) => framePath(name, framePadding ?? 0, frame));
  const [first = '', ...rest] = (await spelledNames(folder, names)).map((each) => path.join(folder, each));
  return [first, ...rest];
}

/** Returns the time of the file's last change, or a number for those of all frames. @throws FileChanged */
async function checkFiles(asset: AssetFiles, files: readonly string[], roots: readonly string[]): Promise<bigint> {
  const looks: FileLook[] = [];
  for (const file of files) looks.push(await look(file, roots));
  const size = looks.reduce((sum, each) => sum + each.size, 0);
  const modifiedNs =
    asset.firstFrame === null ? (looks[0]?.modifiedNs ?? 0n) : nsOfFrames(looks.map((each) => each.modifiedNs));
  if (size !== asset.size || (asset.modifiedNs !== null && String(modifiedNs) !== asset.modifiedNs)) {
    throw new FileChanged(`${asset.relativePath} has changed since it was scanned`);
  }
  return modifiedNs;
}

interface FileLook {
  /** Bytes. */
  readonly size: number;
  readonly modifiedNs: bigint;
}

async function look(file: string, roots: readonly string[]): Promise<FileLook> {
  try {
    const real = await realpath(diskPath(file), { encoding: 'buffer' });
    // A link may have changed since the scan.
    if (!isInsideAny(roots, textOfName(real))) {
      throw new MediaProblem('The file is a link that leads out of the media roots.');
    }
    const { size, mtimeNs } = await stat(real, { bigint: true });
    return { size: Number(size), modifiedNs: clampNs(mtimeNs) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new FileChanged(`${file} is gone`, { cause: error });
    throw problemOf(error, file, nounOf(file), '');
  }
}

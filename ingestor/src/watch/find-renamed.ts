/** Detects that an incoming folder is, or contains, the folder of a package that was moved or renamed. */
import { stat } from 'node:fs/promises';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { storedText } from '@ingesthub/schema/paths/stored-path.ts';
import type { WorkerContext } from '../jobs/queue/worker-context.ts';
import { hashFile } from '../media/facts/content-hash.ts';
import { RootSilent } from '../roots/root-process.ts';
import { seeRoot } from '../roots/see-root.ts';
import { joinPath } from '../scan/read-folder.ts';
import { transaction } from '../sql/client.ts';
import { requestRescan } from '../sql/runs.ts';
import { knownBelow, packagesOfRoots, renamePackageFolder } from '../sql/watched-packages.ts';
import { SAMPLE, type TreeLook } from './look-at-tree.ts';

/** The share of a sample's files that the package must have for the folder to be its. */
const MIN_SHARE = 0.9;
/** The share of the package's files that must be present. */
const MIN_REST = 0.5;

/**
 * Compares a folder with packages whose folders are gone: the package may be here under another name, or in a
 * subfolder.
 *
 * @returns the id of the package whose folder was found; null: none.
 */
export async function findRenamed(
  folder: string,
  { sample }: TreeLook,
  context: WorkerContext,
): Promise<string | null> {
  const { sql, log } = context;
  if (sample.length === 0) return null;
  for (const { id, sourcePath, assets } of await lostPackages(context)) {
    for (const { place, known, isSame, hashes } of await knownBelow(sql, id, sample)) {
      const there = sample.filter(({ relativePath }) => place === '' || relativePath.startsWith(`${place}/`));
      if (known < there.length * MIN_SHARE || known < Math.min(assets, SAMPLE) * MIN_REST) continue;
      if (!isSame && !(await haveContent(folder, hashes))) continue;
      const found = joinPath(folder, place);
      const renamed = await transaction(sql, async (session) => {
        if (!(await renamePackageFolder(session, id, found))) return false;
        await requestRescan(session, id);
        return true;
      });
      if (!renamed) continue;
      log.info({ event: 'package folder renamed', package: id, from: storedText(sourcePath), to: found });
      return id;
    }
  }
  return null;
}

/** Returns packages whose folders are gone although their drives are present. */
async function lostPackages(context: WorkerContext) {
  const { sql, roots, pulses } = context;
  const lost = [];
  for (const root of roots) {
    const packages = await packagesOfRoots(sql, [root.id]);
    const gone: typeof packages = [];
    try {
      await pulses.of(root.id).during(async (silent) => {
        for (const one of packages) {
          silent.throwIfAborted();
          const code = await stat(diskPath(one.sourcePath)).then(
            () => null,
            (error: NodeJS.ErrnoException) => error.code,
          );
          if (code === 'ENOENT' || code === 'ENOTDIR') gone.push(one);
        }
      });
    } catch (error) {
      if (!(error instanceof RootSilent)) throw error;
      continue;
    }
    if (gone.length > 0 && (await seeRoot(root, context)) === null) lost.push(...gone);
  }
  return lost;
}

/** Compares content: names, sizes and times may agree by chance, as for frames of two shots from one program. */
async function haveContent(folder: string, hashes: readonly (readonly [string, string])[]): Promise<boolean> {
  if (hashes.length === 0) return false;
  for (const [relativePath, hash] of hashes) {
    const file = diskPath(joinPath(folder, relativePath));
    if ((await hashFile(file).catch(() => null)) !== hash) return false;
  }
  return true;
}

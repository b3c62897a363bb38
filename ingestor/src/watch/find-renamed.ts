/** Whether a folder that was found is a package's own, under another name. */
import { stat } from 'node:fs/promises';
import type { WorkerContext } from '../jobs/worker-context.ts';
import { transaction } from '../sql/client.ts';
import { markIngested } from '../sql/incoming.ts';
import { requestRescan } from '../sql/runs.ts';
import { countKnown, packagesOfRoot, renamePackageFolder } from '../sql/watched-packages.ts';
import type { TreeLook } from './look-at-tree.ts';

/** Of the files of a sample that the package has to have, for the folder to be its. */
const MIN_SHARE = 0.9;

/** @returns the package's id, whose folder it is from now on; null: it is none. */
export async function findRenamed(
  folder: string,
  { sample }: TreeLook,
  rootId: string,
  { sql, log }: WorkerContext,
): Promise<string | null> {
  const files = sample.map((asset) => ({
    relative_path: asset.relativePath,
    device: String(asset.device),
    inode: String(asset.inode),
    size_bytes: asset.size,
    modified_ns: String(asset.modifiedNs),
  }));
  for (const { id, sourcePath } of await packagesOfRoot(sql, rootId)) {
    if (files.length === 0 || (await stat(sourcePath).catch(() => null)) !== null) continue;
    if ((await countKnown(sql, id, files)) < files.length * MIN_SHARE) continue;
    const renamed = await transaction(sql, async (session) => {
      if (!(await renamePackageFolder(session, id, folder))) return false;
      await requestRescan(session, id);
      return true;
    });
    if (!renamed) continue;
    await markIngested(sql, rootId);
    log.info({ event: 'package folder renamed', package: id, from: sourcePath, to: folder });
    return id;
  }
  return null;
}

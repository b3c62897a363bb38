/**
 * Runs the job `fixity`, which reads files again at the lowest priority. It finds files whose content has changed
 * although size and time have not, and hashes every byte of large files. The full hash later shows whether a file is
 * unchanged, and whether a file treated as moved also matches beyond the parts that its content hash covers.
 */
import { createHash } from 'node:crypto';
import { hashFiles, WHOLE_FILE_LIMIT } from '../../media/facts/content-hash.ts';
import { hashWholeFile } from '../../media/facts/whole-hash.ts';
import { MediaProblem } from '../../media/tools/media-problem.ts';
import { transaction } from '../../sql/client.ts';
import { type AssetForFixity, findForFixity, markChanged, writeFixity } from '../../sql/fixity.ts';
import { packageRoot } from '../../sql/packages.ts';
import type { AssetJob } from '../queue/job-kinds.ts';
import { queueAssets } from '../queue/queue-pending.ts';
import type { WorkerContext } from '../queue/worker-context.ts';
import { FileChanged, withSource } from './source-of.ts';

export async function hashWhole(job: AssetJob, context: WorkerContext): Promise<void> {
  const { sql, signal, log } = context;
  for (const asset of await findForFixity(sql, job.assetIds)) {
    signal.throwIfAborted();
    try {
      if (await hasOtherContent(asset, context)) {
        log.info({ event: 'file changed with its time put back', asset: asset.id, path: asset.relativePath });
        await transaction(sql, async (session) => {
          await markChanged(session, asset);
          const rootId = await packageRoot(session, asset.packageId);
          const work = [{ id: asset.id, fileType: asset.fileType, probed: false }];
          if (rootId !== null) await queueAssets(session, work, { packageId: asset.packageId, rootId }, context);
        });
        continue;
      }
      if (asset.size <= WHOLE_FILE_LIMIT) continue;
      const fullHash = await withSource(asset, context, ({ files }) => hashAll(files, signal));
      if (asset.fullHash !== null && asset.fullHash !== fullHash) {
        log.warn({ event: 'file differs', asset: asset.id, path: asset.relativePath });
      }
      await transaction(sql, (session) => writeFixity(session, asset, fullHash));
    } catch (error) {
      signal.throwIfAborted();
      // The file's own scan or probe reports more.
      if (!(error instanceof FileChanged || error instanceof MediaProblem)) throw error;
    }
  }
}

async function hasOtherContent(asset: AssetForFixity, context: WorkerContext): Promise<boolean> {
  const { contentHash } = asset;
  if (contentHash === null) return false;
  const { signal } = context;
  const found = await withSource(asset, context, (source) => hashFiles(source, signal)).catch(
    (error: NodeJS.ErrnoException) => {
      // The file may be unreadable just now; its scan or probe reports that.
      if (error.code !== undefined) throw new MediaProblem(error.message, { cause: error });
      throw error;
    },
  );
  return found !== contentHash;
}

/** Returns a file's SHA-256; for a sequence, that of its frames' hashes, one per line. */
async function hashAll(files: readonly [string, ...string[]], signal: AbortSignal): Promise<string> {
  const [only, ...more] = files;
  if (more.length === 0) return hashWholeFile(only, signal);
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${await hashWholeFile(file, signal)}\n`);
  return hash.digest('hex');
}

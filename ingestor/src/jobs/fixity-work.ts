/**
 * The job `fixity`: the hash of every byte of large files, behind all other work. It says later whether a file is still
 * what it was, and whether one that was taken for moved is the same beyond the parts that its content hash covers.
 */
import { createHash } from 'node:crypto';
import { MediaProblem } from '../media/media-problem.ts';
import { hashWholeFile } from '../media/whole-hash.ts';
import { transaction } from '../sql/client.ts';
import { findForFixity, writeFixity } from '../sql/fixity.ts';
import type { AssetJob } from './job-kinds.ts';
import { FileChanged, withSource } from './source-of.ts';
import type { WorkerContext } from './worker-context.ts';

export async function hashWhole(job: AssetJob, context: WorkerContext): Promise<void> {
  const { sql, signal, log } = context;
  for (const asset of await findForFixity(sql, job.assetIds)) {
    signal.throwIfAborted();
    try {
      const fullHash = await withSource(asset, context, ({ files }) => hashAll(files, signal));
      if (asset.fullHash !== null && asset.fullHash !== fullHash) {
        log.warn({ event: 'file differs', asset: asset.id, path: asset.relativePath });
      }
      await transaction(sql, (session) => writeFixity(session, asset, fullHash));
    } catch (error) {
      signal.throwIfAborted();
      // Its own scan or probe tells more of it.
      if (!(error instanceof FileChanged || error instanceof MediaProblem)) throw error;
    }
  }
}

/** Of a file its SHA-256; of a sequence that of its frames' hashes, a line each. */
async function hashAll(files: readonly [string, ...string[]], signal: AbortSignal): Promise<string> {
  const [only, ...more] = files;
  if (more.length === 0) return hashWholeFile(only, signal);
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${await hashWholeFile(file, signal)}\n`);
  return hash.digest('hex');
}

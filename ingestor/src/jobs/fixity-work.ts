import type { AssetForWork } from '../sql/asset-work.ts';
import type { AssetResult } from './asset-jobs.ts';
import type { WorkerContext } from './worker-context.ts';

export async function hashWhole(_asset: AssetForWork, _context: WorkerContext): Promise<AssetResult> {
  throw new Error('not there yet');
}

import type { LinkJob } from './job-kinds.ts';
import type { WorkerContext } from './worker-context.ts';

export async function linkPackageJob(_job: LinkJob, _context: WorkerContext): Promise<void> {}

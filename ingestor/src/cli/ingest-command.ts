/** `ihub ingest`: starts a run, follows it to its end, and says what became of the files. */
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunRow } from '@ingesthub/schema/rows.ts';
import { lookAtFolder } from '../analyze/look-at-folder.ts';
import { resolveUserPath } from '../config.ts';
import { enqueue, openSender } from '../jobs/job-queues.ts';
import { checkFolder } from '../scan/check-folder.ts';
import { type Sql, transaction } from '../sql/client.ts';
import { expectedType, findOrCreateProject, queuePackage } from '../sql/packages.ts';
import { readRunReport } from '../sql/reports.ts';
import { createRun, findRun } from '../sql/runs.ts';
import type { IngestOptions } from './arguments.ts';
import { CommandError } from './command-error.ts';
import { liveRoots } from './live-roots.ts';
import { type Output, plural } from './output.ts';

const POLL_MS = 250;

/** @throws CommandError, FolderError with nothing written; CommandError when the run failed. */
export async function ingestCommand(
  given: string,
  options: IngestOptions,
  context: { sql: Sql; databaseUrl: string; output: Output; signal: AbortSignal },
): Promise<void> {
  const { sql, output, signal } = context;
  const roots = await liveRoots(sql);
  const folder = await checkFolder(resolveUserPath(given), roots, signal);
  const type = options.type ?? (await lookAtFolder(folder, { roots, signal })).type;
  const runId = await startRun(folder, type, options, context);

  const run = await follow(sql, runId, output, signal);
  const report = await readRunReport(sql, run);
  if (run.status === 'failed') {
    throw new CommandError('internal', `${report.package.name} was not ingested: ${run.problem ?? 'no reason given'}`);
  }
  const { total, with_problems, by_file_type } = report.assets;
  const parts = Object.entries(by_file_type).map(([fileType, count]) => `${count} ${fileType}`);
  output.result(report, [
    `Ingested ${report.package.name} into ${report.project.name} as ${report.package.type}: ${plural(total, 'asset')} (${parts.join(', ')}).`,
    ...(with_problems > 0 ? [`${plural(with_problems, 'asset')} with a problem:`] : []),
    ...report.problems.map(({ relative_path, problem }) => `  ${relative_path}: ${problem}`),
  ]);
}

/** Project, package, run and job, in one transaction. @returns the run's id. */
async function startRun(
  folder: string,
  type: 'atman' | 'vfx',
  options: IngestOptions,
  { sql, databaseUrl }: { sql: Sql; databaseUrl: string },
): Promise<string> {
  const sender = await openSender(databaseUrl);
  try {
    return await transaction(sql, async (session) => {
      const projectId = await findOrCreateProject(session, options.project, type);
      const said = options.type ?? (await expectedType(session, projectId, folder));
      const packageId = await queuePackage(session, {
        projectId,
        type,
        sourcePath: folder,
        folderName: path.basename(folder) || folder,
        name: options.package,
        description: options.description,
        tags: options.tags,
      });
      const runId = await createRun(session, projectId, packageId);
      await enqueue(sender, session, 'ingest', [
        {
          runId,
          ...(said === null ? {} : { type: said }),
          ...(options.subject === undefined ? {} : { subject: options.subject }),
        },
      ]);
      return runId;
    });
  } finally {
    await sender.stop({ graceful: false });
  }
}

async function follow(sql: Sql, runId: string, output: Output, signal: AbortSignal): Promise<RunRow> {
  try {
    for (;;) {
      signal.throwIfAborted();
      const run = await findRun(sql, runId);
      if (run === null) throw new CommandError('not_found', 'The run was deleted.');
      if (run.status === 'done' || run.status === 'failed') return run;
      output.progress(describe(run));
      await delay(POLL_MS, undefined, { signal });
    }
  } finally {
    output.progress('');
  }
}

function describe(run: RunRow): string {
  if (run.status === 'queued') return 'waiting for the ingestor …';
  if (run.status === 'scanning') return `scanning … ${plural(run.files_found, 'file')}`;
  const { assets_registered: all, assets_probed: probed, thumbnails_made, proxies_made, assets_failed } = run;
  return `${all} assets: ${probed} probed, ${thumbnails_made} thumbnails, ${proxies_made} proxies, ${assets_failed} with a problem`;
}

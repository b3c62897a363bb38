/** `ihub ingest`: requests a run of a folder, follows it until it ends, and reports the result. */
import path from 'node:path';
import type { PackageType } from '@ingesthub/schema/library/vocabulary.ts';
import { storedText } from '@ingesthub/schema/paths/stored-path.ts';
import { lookAtFolder } from '../../analyze/look-at-folder.ts';
import { checkFolder } from '../../scan/check-folder.ts';
import { readHostSettings, resolveUserPath } from '../../settings/config.ts';
import type { Sql } from '../../sql/client.ts';
import { findPackages, projectIdNamed, readDatasetDirectories, readKnownFolder } from '../../sql/find-by-name.ts';
import { expectedType, findOrCreateProject, queuePackage } from '../../sql/packages.ts';
import { whileAnswering } from '../context/answering-folder.ts';
import { asPerson } from '../context/as-person.ts';
import type { Command, CommandContext } from '../context/command-context.ts';
import { CommandError } from '../context/command-error.ts';
import { liveRoots } from '../context/live-roots.ts';
import { withDatabase } from '../context/with-database.ts';
import { type IngestOptions, readIngestOptions, runOptionsOf } from '../spec/ingest-options.ts';
import { ask } from '../terminal/ask.ts';
import { compareWithKnown, type DryRun, derivativesFor, dryRunLines } from './dry-run.ts';
import { followRun } from './follow-run.ts';
import { plannedLinks } from './planned-links.ts';
import { proposalHead } from './proposal-lines.ts';
import { proposalDocument, propose } from './propose.ts';
import { reasonsToAsk } from './reasons-to-ask.ts';
import { reportLines, requireDone } from './run-result.ts';
import { requestRun } from './start-runs.ts';

/** An error before the run is queued leaves nothing written. */
export const ingestCommand: Command = async (given, { output, signal }) => {
  const options = readIngestOptions(given.options);
  await withDatabase(async (sql) => {
    const roots = await liveRoots(sql);
    const wanted = resolveUserPath(given.argument ?? '');
    const started = await whileAnswering(wanted, { output, signal }, async () => {
      const folder = await checkFolder(wanted, roots, signal);
      if (options['dry-run']) {
        const document = await dryRun(sql, folder, roots, options, signal);
        output.result(document, dryRunLines(document));
        return null;
      }
      if (output.isInteractive && !options.yes) await confirm(sql, folder, roots, options, { output, signal });
      const type = options.type ?? (await lookAtFolder(folder, { roots, signal })).kind.name;
      return startRun(sql, folder, type, options);
    });
    if (started === null) return;
    if (options['no-wait']) {
      output.result(started, [`${started.package.name} is queued as run ${started.run.id}.`]);
      return;
    }
    const followed = { id: started.run.id, package: started.package.name };
    const { run, report } = await followRun(sql, followed, { output, signal });
    requireDone(run, report.package.name);
    output.result(report, reportLines(report));
  });
};

async function dryRun(
  sql: Sql,
  folder: string,
  roots: readonly string[],
  options: IngestOptions,
  signal: AbortSignal,
): Promise<DryRun> {
  const proposed = await propose(folder, { roots, sql, signal }, options);
  const known = await readKnownFolder(sql, options.project, folder);
  const packageName = options.package ?? known?.name ?? nameOf(folder);
  const { datasetsRoot } = readHostSettings();
  const files = compareWithKnown(proposed.scanned.assets, known);
  const touched = new Set([...files.new, ...files.changed]);
  const worked = proposed.scanned.assets.filter(({ relativePath }) => options.force || touched.has(relativePath));
  return {
    dry_run: true,
    ...proposalDocument(proposed),
    project: { name: options.project, exists: (await projectIdNamed(sql, options.project)) !== null },
    package: { name: packageName, id: known?.id ?? null },
    would_register: files,
    would_make: derivativesFor(
      worked.map(({ fileType }) => fileType),
      options,
    ),
    would_link:
      datasetsRoot === null || options['skip-links']
        ? null
        : await plannedLinks(proposed, packageName, await readDatasetDirectories(sql, options.project), {
            datasetsRoot,
            mediaRoots: roots,
          }),
  };
}

/** @throws CommandError when the person declines. */
async function confirm(
  sql: Sql,
  folder: string,
  roots: readonly string[],
  options: IngestOptions,
  { output, signal }: Pick<CommandContext, 'output' | 'signal'>,
): Promise<void> {
  const document = proposalDocument(await propose(folder, { roots, sql, signal }, options));
  const reasons = reasonsToAsk(document.proposal, await readKnownFolder(sql, options.project, folder));
  if (reasons.length === 0) return;
  for (const line of [...proposalHead(document), ...reasons]) output.note(line);
  if (!(await ask('Ingest this folder?', signal))) throw new CommandError('conflict', 'Nothing was ingested.');
}

/** Creates or finds the project and package, and requests the run, in one transaction. */
async function startRun(sql: Sql, folder: string, type: PackageType, options: IngestOptions) {
  const ids = await asPerson(sql, async (session) => {
    const projectId = await findOrCreateProject(session, options.project, type);
    const said = options.type ?? (await expectedType(session, projectId, folder)) ?? undefined;
    const packageId = await queuePackage(session, {
      projectId,
      type,
      sourcePath: folder,
      folderName: nameOf(folder),
      name: options.package,
      description: options.description,
      tags: options.tags,
    });
    const wanted = runOptionsOf(options, said);
    const runId = await requestRun(session, { packageId, projectId, options: wanted });
    return { runId, packageId };
  });
  const [made] = await findPackages(sql, { id: ids.packageId });
  if (made === undefined) throw new CommandError('not_found', 'The package was deleted in the meantime.');
  return {
    run: { id: ids.runId, status: 'queued' },
    package: { id: made.id, name: made.name, source_path: storedText(made.source_path) },
    project: { id: made.project_id, name: made.project },
  };
}

function nameOf(folder: string): string {
  return path.basename(folder) || folder;
}

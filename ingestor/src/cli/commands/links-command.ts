/** `ihub links`: shows the links in dataset directories, previews the changes to them, and makes those changes. */
import { realpath } from 'node:fs/promises';
import { z } from 'zod';
import { type LinkOptions, linkPackage } from '../../link/link-package.ts';
import { LinkRefused } from '../../link/link-problem.ts';
import { previewLinks } from '../../link/preview-links.ts';
import { outdatedPackages, sweepLinks } from '../../link/sweep-links.ts';
import { readHostSettings } from '../../settings/config.ts';
import type { Sql } from '../../sql/client.ts';
import { listIngestors } from '../../sql/ingestors.ts';
import { listFailedLinks, reportLinks } from '../../sql/link-reports.ts';
import type { Command, CommandContext } from '../context/command-context.ts';
import { CommandError } from '../context/command-error.ts';
import { findPackage } from '../context/find-package.ts';
import { withDatabase } from '../context/with-database.ts';
import { readOptions } from '../spec/read-options.ts';
import { linkLines, previewLines } from './link-lines.ts';

const schema = z.object({ 'dry-run': z.boolean().default(false), repair: z.boolean().default(false) });

export const linksCommand: Command = async ({ argument, options: given }, context) => {
  const options = readOptions(schema, given);
  await withDatabase(async (sql) => {
    const packageId = argument === null ? null : (await findPackage(sql, argument)).id;
    try {
      // With --repair, --dry-run previews the repair.
      if (options['dry-run']) await showPreview(sql, packageId, context);
      else {
        if (options.repair) await repair(sql, packageId, context);
        await show(sql, packageId, context);
      }
    } catch (error) {
      if (error instanceof LinkRefused) throw new CommandError('unavailable', error.message);
      throw error;
    }
  });
};

async function show(sql: Sql, packageId: string | null, { output, setFailed }: CommandContext): Promise<void> {
  const packages = await reportLinks(sql, packageId);
  const failed = packageId === null ? null : await listFailedLinks(sql, packageId);
  if (packages.some(({ problem }) => problem !== null)) setFailed();
  output.result({ packages, ...(failed === null ? {} : { failed }) }, linkLines(packages, failed ?? []));
}

async function repair(sql: Sql, packageId: string | null, { signal }: CommandContext): Promise<void> {
  const options = await linkOptions(sql, signal);
  if (packageId !== null) {
    await linkPackage(packageId, options);
    return;
  }
  for (const { id, made, failed } of await reportLinks(sql, null)) {
    signal.throwIfAborted();
    if (wouldRepair(made, failed)) await linkPackage(id, options);
  }
  await sweepLinks(options);
}

/** A package that was ingested without links is repaired only when it is named. */
function wouldRepair(made: number, failed: number): boolean {
  return made + failed > 0;
}

async function showPreview(sql: Sql, packageId: string | null, { output, signal }: CommandContext): Promise<void> {
  const options = await linkOptions(sql, signal);
  const outdated = new Set(await outdatedPackages(options, options.datasetsRoot));
  const packages = [];
  for (const { id, name, project, made, failed } of await reportLinks(sql, packageId)) {
    if (packageId === null && !wouldRepair(made, failed) && !outdated.has(id)) continue;
    const preview = await previewLinks(id, options);
    if (preview !== null) packages.push({ id, name, project, ...preview });
  }
  output.result({ dry_run: true, packages }, previewLines(packages));
}

/** @throws CommandError when this host has no datasets root. */
async function linkOptions(sql: Sql, signal: AbortSignal): Promise<LinkOptions & { datasetsRoot: string }> {
  const { host, datasetsRoot, mediaRoots } = readHostSettings();
  if (datasetsRoot === null) {
    throw new CommandError(
      'unavailable',
      'DATASETS_ROOT is not set. Set it to the folder that holds the dataset directories.',
    );
  }
  const known = (await listIngestors(sql)).filter((ingestor) => ingestor.host === host);
  const roots = await Promise.all(mediaRoots.map((root) => realpath(root).catch(() => root)));
  return {
    sql,
    host,
    datasetsRoot,
    mediaRoots: [...new Set([...roots, ...known.flatMap(({ media_roots }) => media_roots)])],
    signal,
    // Failures are recorded in the rows, which the command shows.
    log: { info: () => {}, warn: () => {} },
  };
}

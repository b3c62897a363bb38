/** `ihub retry`: retries failed assets. */
import { z } from 'zod';
import type { Sql } from '../../sql/client.ts';
import { assetExists, findFailedAssets, findPackages } from '../../sql/find-by-name.ts';
import type { Command } from '../context/command-context.ts';
import { CommandError } from '../context/command-error.ts';
import { findPackageOrPlace } from '../context/find-package.ts';
import { withDatabase } from '../context/with-database.ts';
import { readOptions } from '../spec/read-options.ts';
import { runAll, type WantedRun } from './run-all.ts';

/** The most assets that one run's options may name. */
const MAX_ASSETS = 100_000;

export const retryCommand: Command = async ({ argument, options: given }, context) => {
  const options = readOptions(z.object({ 'no-wait': z.boolean().default(false) }), given);
  await withDatabase(async (sql) => {
    const wanted = await retriesOf(sql, await failedWithin(sql, argument));
    const nothing = 'No assets failed: nothing to retry.';
    await runAll(sql, wanted, { wait: !options['no-wait'], nothing, context });
  });
};

/** @throws CommandError when no package or asset matches. */
async function failedWithin(sql: Sql, argument: string | null) {
  if (argument === null) return findFailedAssets(sql);
  const { found, place } = await findPackageOrPlace(sql, argument);
  if (place === '') return findFailedAssets(sql, { packageId: found.id });
  if (!(await assetExists(sql, found.id, place))) {
    throw new CommandError('not_found', `${found.name} has no asset ${place}.`);
  }
  return findFailedAssets(sql, { packageId: found.id, relativePath: place });
}

async function retriesOf(sql: Sql, assets: Awaited<ReturnType<typeof findFailedAssets>>): Promise<WantedRun[]> {
  const names = new Map((await findPackages(sql)).map(({ id, name }) => [id, name]));
  return [...Map.groupBy(assets, ({ package_id }) => package_id)].flatMap(([packageId, ofPackage]) =>
    chunks(ofPackage, MAX_ASSETS).map((part) => ({
      packageId,
      projectId: part[0]?.project_id ?? '',
      name: names.get(packageId) ?? packageId,
      options: { asset_ids: part.map(({ id }) => id) },
    })),
  );
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

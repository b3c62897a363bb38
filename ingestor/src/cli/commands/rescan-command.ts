/** `ihub rescan`: scans packages again. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { runOptions } from '@ingesthub/schema/library/run-options.ts';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { storedPlace } from '@ingesthub/schema/paths/stored-path.ts';
import { z } from 'zod';
import { findPackages, type NamedPackage } from '../../sql/find-by-name.ts';
import type { Command } from '../context/command-context.ts';
import { findPackageOrPlace } from '../context/find-package.ts';
import { withDatabase } from '../context/with-database.ts';
import { readOptions } from '../spec/read-options.ts';
import { UsageError } from '../spec/usage-error.ts';
import { runAll } from './run-all.ts';

const schema = z.object({
  below: runOptions.shape.below,
  force: z.boolean().default(false),
  'no-wait': z.boolean().default(false),
});

export const rescanCommand: Command = async ({ argument, options: given }, context) => {
  const options = readOptions(schema, given);
  if (options.below !== undefined && argument === null) throw new UsageError('--below needs a package.');
  await withDatabase(async (sql) => {
    const places =
      argument === null
        ? (await findPackages(sql)).map((found) => ({ found, place: '' }))
        : [await findPackageOrPlace(sql, argument)];
    const wanted = [];
    for (const { found, place } of places) {
      const below = path.posix.join(await folderOf(found, place), options.below ?? '');
      wanted.push({
        packageId: found.id,
        projectId: found.project_id,
        name: found.name,
        options: {
          ...(below === '' || below === '.' ? {} : { below }),
          ...(options.force ? { force: true } : {}),
        },
      });
    }
    const nothing = 'There are no packages yet.';
    await runAll(sql, wanted, { wait: !options['no-wait'], nothing, context });
  });
};

/** Returns the folder that a named file lies in; a folder is returned as it is. */
async function folderOf({ source_path }: NamedPackage, place: string): Promise<string> {
  if (place === '') return '';
  const found = await stat(diskPath(storedPlace(source_path, place))).catch(() => null);
  return found?.isFile() ? path.posix.join(path.posix.dirname(place), '') : place;
}

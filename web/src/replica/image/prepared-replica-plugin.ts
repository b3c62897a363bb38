/** For vite.config.ts: prepares the empty replica that prepared-directory.ts bundles. Node only. */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { createPGlite } from '../open/create-pglite.ts';
import { prepareForCopies } from '../open/prepare-database.ts';
import { readReplicaSql } from '../open/read-replica-sql.ts';

const BUILD_FOLDER = fileURLToPath(new URL('../../../.build/', import.meta.url));

export function preparedReplica(): Plugin {
  return {
    name: 'prepared-replica',
    async config() {
      await writePreparedReplica(BUILD_FOLDER);
    },
  };
}

/**
 * Writes `replica-<key>.tar.gz`, a PGlite data directory, unless it exists. Removes files with other keys.
 *
 * @returns the file's path.
 */
export async function writePreparedReplica(folder: string): Promise<string> {
  const sql = await readReplicaSql();
  const name = `replica-${sql.version}.tar.gz`;
  const file = path.join(folder, name);
  await mkdir(folder, { recursive: true });
  const found = await readdir(folder);
  await Promise.all(
    found
      .filter((other) => /^replica-.*\.tar\.gz$/.test(other) && other !== name)
      .map((other) => rm(path.join(folder, other))),
  );
  if (found.includes(name)) return file;

  const database = await createPGlite();
  try {
    await prepareForCopies(database, sql);
    const dump = await database.dumpDataDir('gzip');
    await writeFile(`${file}.new`, Buffer.from(await dump.arrayBuffer()));
    await rename(`${file}.new`, file);
  } finally {
    await database.close();
  }
  return file;
}

/** For vite.config.ts: prepares the empty replica that prepared-directory.ts puts into the build. Node only. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import type { Plugin } from 'vite';
import { prepareForCopies } from './prepare-database.ts';
import { readReplicaSql } from './read-replica-sql.ts';

const BUILD_FOLDER = fileURLToPath(new URL('../../.build/', import.meta.url));

export function preparedReplica(): Plugin {
  return {
    name: 'prepared-replica',
    async config() {
      await writePreparedReplica(BUILD_FOLDER);
    },
  };
}

/**
 * Writes `replica-<key>.tar.gz`, a PGlite data directory, unless it is there: another schema or
 * PGlite makes another key. Files of other keys go.
 *
 * @returns the file's path.
 */
export async function writePreparedReplica(folder: string): Promise<string> {
  const sql = await readReplicaSql();
  const entry = fileURLToPath(import.meta.resolve('@electric-sql/pglite'));
  const pglite = await readFile(path.join(path.dirname(entry), '../package.json'), 'utf8');
  const key = createHash('sha256')
    .update(JSON.stringify([pglite, sql]))
    .digest('hex')
    .slice(0, 16);
  const name = `replica-${key}.tar.gz`;
  const file = path.join(folder, name);
  await mkdir(folder, { recursive: true });
  const found = await readdir(folder);
  await Promise.all(
    found
      .filter((other) => /^replica-.*\.tar\.gz$/.test(other) && other !== name)
      .map((other) => rm(path.join(folder, other))),
  );
  if (found.includes(name)) return file;

  const database = await PGlite.create();
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

/** Which copies of a replica a build of the app can open as they are: for Node, where the sources are. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ReplicaSql } from '../replica/prepare-database.ts';

/** @returns a short name of the schema and the PGlite: another of either makes another. */
export async function replicaKey(sql: ReplicaSql): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const pglite = await readFile(path.join(path.dirname(entry), '../package.json'), 'utf8');
  return createHash('sha256')
    .update(JSON.stringify([pglite, sql]))
    .digest('hex')
    .slice(0, 16);
}

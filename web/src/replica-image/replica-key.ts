/** The version of the replica that this source tree makes: for Node, where the sources are. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { migrationsFor } from '@ingesthub/schema/migrate.ts';
import type { ReplicaSql } from '../replica/prepare-database.ts';
import { formatReplicaVersion } from '../replica/replica-version.ts';
import { baseTablesSql } from '../replica/replicated-tables.ts';

/** @returns a version that names the schema and the PGlite: another of either makes another. Copies of the same one can be opened as they are. */
export async function replicaKey(sql: ReplicaSql): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const pglite = await readFile(path.join(path.dirname(entry), '../package.json'), 'utf8');
  const hash = createHash('sha256').update(JSON.stringify([pglite, sql, baseTablesSql]));
  return formatReplicaVersion(migrationsFor('replica', sql.migrations).length, hash.digest('hex').slice(0, 16));
}

/** The SQL of a replica, read from the source tree: for Node. The browser has it in its bundle. */
import { readFile } from 'node:fs/promises';
import { readMigrations } from '@ingesthub/schema/migrate-server.ts';
import type { ReplicaSql } from './prepare-database.ts';

export async function readReplicaSql(): Promise<ReplicaSql> {
  return {
    migrations: await readMigrations(),
    own: await readFile(new URL('replica.sql', import.meta.url), 'utf8'),
  };
}

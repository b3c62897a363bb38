/** The SQL of a replica, read from the source tree: for Node. The browser has it in its bundle. */
import { readFile } from 'node:fs/promises';
import { readMigrations } from '@ingesthub/schema/migrate-server.ts';
import type { ReplicaSql } from './prepare-database.ts';

export async function readReplicaSql(): Promise<ReplicaSql> {
  const read = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');
  return {
    migrations: await readMigrations(),
    own: await read('replica.sql'),
    mutations: await read('../../../schema/src/mutations.ts'),
  };
}

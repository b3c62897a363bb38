/** Reads the replica's SQL from the source tree. Node only; the browser has it in its bundle. */
import { readFile } from 'node:fs/promises';
import { readMigrations } from '@ingesthub/schema/database/migrate-server.ts';
import type { ReplicaSql } from './prepare-database.ts';
import { replicaFingerprint } from './replica-fingerprint.ts';
import { formatReplicaVersion, REPLICA_VERSION } from './replica-version.ts';

export async function readReplicaSql(): Promise<ReplicaSql> {
  const migrations = await readMigrations();
  const own = await readFile(new URL('./replica.sql', import.meta.url), 'utf8');
  const fingerprint = await replicaFingerprint({ migrations, own });
  return { migrations, own, version: formatReplicaVersion(REPLICA_VERSION, fingerprint) };
}

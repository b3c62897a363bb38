/** Removes everything that an engine created: its publication, its slot and the shapes in its folder. */
import type { Sql } from 'postgres';
import { connect } from './postgres/connection.ts';
import { quoteIdentifier } from './postgres/identifiers.ts';
import { dropSlot } from './postgres/replication-slot.ts';
import { EngineFolder } from './shapes/engine-folder.ts';

export interface ResetOptions {
  readonly databaseUrl: string;
  readonly publication: string;
  readonly folder: string | null;
}

/**
 * Resets the engine. Tables keep their REPLICA IDENTITY FULL.
 *
 * @throws PostgresError when the engine is still running and using its slot.
 */
export async function resetEngine({ databaseUrl, publication, folder: path }: ResetOptions): Promise<void> {
  const sql = connect(databaseUrl, { max: 1 });
  try {
    if (path !== null) await resetFolder(sql, await EngineFolder.open(path, publication));
    await sql.unsafe(`DROP PUBLICATION IF EXISTS ${quoteIdentifier(publication)}`);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function resetFolder(sql: Sql, folder: EngineFolder): Promise<void> {
  const state = await folder.readState();
  for (const slot of new Set([folder.slot, ...(state ? [state.slot] : [])])) await dropSlot(sql, slot);
  await folder.clear();
}

import type { Sql } from '../../sql/client.ts';
import { listIngestors } from '../../sql/ingestors.ts';
import { CommandError } from './command-error.ts';

/**
 * Returns the media roots of the ingestors that are alive.
 *
 * @throws CommandError when no ingestor is alive.
 */
export async function liveRoots(sql: Sql): Promise<string[]> {
  // The table is missing until a server or an ingestor has migrated the database.
  const [table] = await sql<{ exists: boolean }[]>`SELECT to_regclass('ingestors') IS NOT NULL AS exists`;
  const alive = table?.exists ? (await listIngestors(sql)).filter((ingestor) => ingestor.alive) : [];
  if (alive.length === 0) {
    throw new CommandError('unavailable', 'No ingestor is running. Start one with npm start or ihub daemon.');
  }
  return [...new Set(alive.flatMap((ingestor) => ingestor.media_roots))];
}

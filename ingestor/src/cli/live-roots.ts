import type { Sql } from '../sql/client.ts';
import { listIngestors } from '../sql/ingestors.ts';
import { CommandError } from './command-error.ts';

/**
 * The media roots of the ingestors that are alive.
 *
 * @throws CommandError when none is.
 */
export async function liveRoots(sql: Sql): Promise<string[]> {
  // A database that no ingestor or server has prepared has no such table.
  const [table] = await sql<{ exists: boolean }[]>`SELECT to_regclass('ingestors') IS NOT NULL AS exists`;
  const alive = table?.exists ? (await listIngestors(sql)).filter((ingestor) => ingestor.alive) : [];
  if (alive.length === 0) {
    throw new CommandError('unavailable', 'No ingestor is running: start one with npm start, or ihub daemon.');
  }
  return [...new Set(alive.flatMap((ingestor) => ingestor.media_roots))];
}

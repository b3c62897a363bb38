/** Records the running ingestors and the media roots that each can read. */
import { type IngestorRow, ingestorRow } from '@ingesthub/schema/library/rows.ts';
import type { Sql, TransactionSql } from './client.ts';

/** An ingestor not seen for this long counts as dead. */
export const ALIVE_SECONDS = 30;

export async function registerIngestor(
  sql: Sql | TransactionSql,
  ingestor: Pick<IngestorRow, 'host' | 'pid' | 'version' | 'media_roots' | 'tools'>,
): Promise<void> {
  await sql`
    INSERT INTO ingestors (host, pid, version, media_roots, tools, started_at, seen_at)
    VALUES (
      ${ingestor.host}, ${ingestor.pid}, ${ingestor.version}, ${[...ingestor.media_roots]},
      ${sql.json(ingestor.tools)}, now(), now()
    )
    ON CONFLICT (host) DO UPDATE SET
      pid = excluded.pid,
      version = excluded.version,
      media_roots = excluded.media_roots,
      tools = excluded.tools,
      started_at = excluded.started_at,
      seen_at = excluded.seen_at`;
}

/** @param problem the reason why the ingestor takes no work; null when it does. */
export async function touchIngestor(sql: Sql | TransactionSql, host: string, problem: string | null): Promise<void> {
  await sql`UPDATE ingestors SET seen_at = now(), problem = ${problem} WHERE host = ${host}`;
}

/** Lists all ingestors, the latest seen first. */
export async function listIngestors(sql: Sql): Promise<(IngestorRow & { alive: boolean })[]> {
  const rows = await sql<{ alive: boolean }[]>`
    SELECT *, seen_at > now() - make_interval(secs => ${ALIVE_SECONDS}) AS alive
    FROM ingestors
    ORDER BY seen_at DESC`;
  return rows.map((row) => ({ ...ingestorRow.parse(row), alive: row.alive }));
}

/** Reads facts about the Postgres server. */
import { z } from 'zod';
import type { Sql } from './client.ts';

const row = z.object({
  now: z.coerce.date(),
  version: z.string(),
  version_number: z.coerce.number().int(),
  wal_level: z.string(),
  has_migrations: z.boolean(),
});

export interface ServerFacts {
  readonly now: Date;
  /** '18.1' */
  readonly version: string;
  /** 180001 */
  readonly versionNumber: number;
  readonly walLevel: string;
  /** Names of the applied migrations. */
  readonly migrations: readonly string[];
}

export async function readServerFacts(sql: Sql): Promise<ServerFacts> {
  const facts = row.parse(
    (
      await sql`
        SELECT
          clock_timestamp() AS now,
          current_setting('server_version') AS version,
          current_setting('server_version_num') AS version_number,
          current_setting('wal_level') AS wal_level,
          to_regclass('migrations') IS NOT NULL AS has_migrations`
    )[0],
  );
  const migrations = facts.has_migrations
    ? await sql<{ name: string }[]>`SELECT name FROM migrations ORDER BY name`
    : [];
  return {
    now: facts.now,
    version: facts.version,
    versionNumber: facts.version_number,
    walLevel: facts.wal_level,
    migrations: migrations.map(({ name }) => name),
  };
}

/** Writes the rows that decide which projects' assets this device keeps: replica.working_set. */
import type { PGlite } from '@electric-sql/pglite';
import type { ProjectChoice, ProjectSize } from '@ingesthub/schema/replica/working-set.ts';

type Queries = Pick<PGlite, 'query'>;

/** @param choice null: keep the project while there is room. */
export async function writeChoice(database: Queries, projectId: string, choice: ProjectChoice | null): Promise<void> {
  await database.query(
    `INSERT INTO replica.working_set (project_id, choice) VALUES ($1, $2)
     ON CONFLICT (project_id) DO UPDATE SET choice = excluded.choice`,
    [projectId, choice],
  );
}

/** Records that a package was opened, unless its project is not on this device: opening does not fetch it. */
export async function writeOpened(database: Queries, packageId: string): Promise<void> {
  await database.query(
    `INSERT INTO replica.working_set (project_id, opened_at)
     SELECT project_id, now() FROM packages
     WHERE id = $1 AND EXISTS (SELECT FROM replica.shapes WHERE reference = 'assets?project=' || project_id)
     ON CONFLICT (project_id) DO UPDATE SET opened_at = excluded.opened_at`,
    [packageId],
  );
}

export async function writeSizes(database: Queries, sizes: readonly ProjectSize[]): Promise<void> {
  await database.query(
    `INSERT INTO replica.working_set (project_id, asset_count, size_bytes, active_at)
     SELECT id, asset_count, size_bytes, active_at
     FROM json_to_recordset($1::text::json)
       AS told (id uuid, asset_count integer, size_bytes double precision, active_at timestamptz)
     ON CONFLICT (project_id) DO UPDATE SET
       asset_count = excluded.asset_count, size_bytes = excluded.size_bytes, active_at = excluded.active_at`,
    [JSON.stringify(sizes)],
  );
}

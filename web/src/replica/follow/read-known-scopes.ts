/** Reads the projects and packages that a replica knows of: each has shapes of its own on the server. */
import type { PGlite } from '@electric-sql/pglite';
import type { ProjectChoice } from '@ingesthub/schema/replica/working-set.ts';

export interface KnownProject {
  readonly id: string;
  readonly choice: ProjectChoice | null;
  /** When the project was last opened here, or changed by any user. */
  readonly recentAt: Date;
  readonly deleted: boolean;
  /** The number of assets, as last reported by the server; null: not reported yet. */
  readonly assetCount: number | null;
  /** The bytes of the assets' files, as last reported by the server; null: not reported yet. */
  readonly sizeBytes: number | null;
}

export interface KnownScopes {
  /** Projects, most recent first, deleted ones last. */
  readonly projects: readonly KnownProject[];
  /** Package ids -> the ids of their projects. */
  readonly packages: ReadonlyMap<string, string>;
}

/** Leaves out rows that exist only through an unconfirmed mutation: the server does not know their shapes. */
export async function readKnownScopes(database: PGlite): Promise<KnownScopes> {
  const { rows: projects } = await database.query<KnownProject>(`
    SELECT id, choice, asset_count AS "assetCount", size_bytes::double precision AS "sizeBytes",
      greatest(updated_at, opened_at, active_at) AS "recentAt", deleted_at IS NOT NULL AS deleted
    FROM projects LEFT JOIN replica.working_set ON working_set.project_id = projects.id
    WHERE ${isKnown('projects')}
    ORDER BY deleted, "recentAt" DESC`);
  const { rows: packages } = await database.query<{ id: string; project_id: string }>(
    `SELECT id, project_id FROM packages WHERE ${isKnown('packages')}`,
  );
  return { projects, packages: new Map(packages.map(({ id, project_id }) => [id, project_id])) };
}

function isKnown(table: 'projects' | 'packages'): string {
  return `(
    EXISTS (SELECT FROM replica.base_${table} AS base WHERE base.id = ${table}.id)
    OR NOT EXISTS (
      SELECT FROM replica.outbox
      WHERE error_code IS NULL AND name = '${table}.create' AND args->'ids'->>0 = ${table}.id::text
    )
  )`;
}

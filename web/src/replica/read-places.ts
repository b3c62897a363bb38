/** Where the server has rows for shapes of their own: the projects and packages that a replica knows of. */
import type { PGlite } from '@electric-sql/pglite';
import type { ProjectChoice } from '@ingesthub/schema/working-set.ts';

export interface KnownProject {
  readonly id: string;
  readonly choice: ProjectChoice | null;
  /** When it was last opened here, or changed by anybody. */
  readonly recentAt: Date;
  readonly deleted: boolean;
  /** Assets, as the server last told; null: it has not yet. */
  readonly assetCount: number | null;
  /** Of their files, as the server last told. */
  readonly sizeBytes: number | null;
}

export interface Places {
  /** The most recent first, deleted ones last. */
  readonly projects: readonly KnownProject[];
  /** Packages, and the project of each. */
  readonly packages: ReadonlyMap<string, string>;
}

/** Without those that only a mutation made here so far: the server does not know their shapes. */
export async function readPlaces(database: PGlite): Promise<Places> {
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

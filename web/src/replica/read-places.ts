/** Where the server has rows for shapes of their own: the projects and packages that a replica knows of. */
import type { PGlite } from '@electric-sql/pglite';

export interface Places {
  /** Those that changed last come first. */
  readonly projectIds: readonly string[];
  readonly packageIds: ReadonlySet<string>;
}

/** Without those that only a mutation made here so far: the server does not know their shapes. */
export async function readPlaces(database: PGlite): Promise<Places> {
  const { rows: projects } = await database.query<{ id: string }>(`${known('projects')} ORDER BY updated_at DESC`);
  const { rows: packages } = await database.query<{ id: string }>(known('packages'));
  return { projectIds: projects.map(({ id }) => id), packageIds: new Set(packages.map(({ id }) => id)) };
}

function known(table: 'projects' | 'packages'): string {
  return `
    SELECT id, updated_at FROM ${table}
    WHERE EXISTS (SELECT FROM replica.base_${table} AS base WHERE base.id = ${table}.id)
      OR NOT EXISTS (
        SELECT FROM replica.outbox
        WHERE error_code IS NULL AND name = '${table}.create' AND args->'ids'->>0 = ${table}.id::text
      )`;
}

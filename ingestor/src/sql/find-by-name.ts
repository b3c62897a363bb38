/** Packages, runs, folders and assets as people name them. Deleted ones have no name. */
import { storedPath } from '@ingesthub/schema/stored-path.ts';
import { runHold, runStatus } from '@ingesthub/schema/vocabulary.ts';
import { z } from 'zod';
import type { Sql } from './client.ts';

const namedPackage = z.object({
  id: z.uuid(),
  name: z.string(),
  project_id: z.uuid(),
  project: z.string(),
  source_path: z.string().transform(storedPath),
});
export type NamedPackage = z.infer<typeof namedPackage>;

/** By id, by name whatever its case, or by the path of its folder; by neither: all of them. */
export async function findPackages(
  sql: Sql,
  by: { id?: string; name?: string; sourcePath?: string } = {},
): Promise<NamedPackage[]> {
  const { id = null, name = null, sourcePath = null } = by;
  const rows = await sql`
    SELECT packages.id, packages.name, packages.project_id, projects.name AS project, packages.source_path
    FROM packages
    JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL
    WHERE packages.deleted_at IS NULL
      AND (${id}::uuid IS NULL OR packages.id = ${id})
      AND (${name}::text IS NULL OR lower(packages.name) = lower(${name}))
      AND (${sourcePath}::text IS NULL OR packages.source_path = ${sourcePath})
    ORDER BY projects.name, packages.name, packages.id`;
  return z.array(namedPackage).parse(rows);
}

/** Packages whose folder is `path` or holds it, of the innermost such folder. */
export async function findPackagesAround(sql: Sql, path: string): Promise<NamedPackage[]> {
  const rows = await sql`
    SELECT packages.id, packages.name, packages.project_id, projects.name AS project, packages.source_path
    FROM packages
    JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL
    WHERE packages.deleted_at IS NULL
      AND (packages.source_path = ${path} OR starts_with(${path}, packages.source_path || '/'))
    ORDER BY length(packages.source_path) DESC, projects.name`;
  const packages = z.array(namedPackage).parse(rows);
  return packages.filter(({ source_path }) => source_path === packages[0]?.source_path);
}

const namedRun = z.object({ id: z.uuid(), package: z.string(), status: runStatus, held: runHold.nullable() });
export type NamedRun = z.infer<typeof namedRun>;

/** A run by its id, or the runs of packages that have not ended. */
export async function findRuns(sql: Sql, by: { id: string } | { packageIds: readonly string[] }): Promise<NamedRun[]> {
  const rows =
    'id' in by
      ? await sql`
          SELECT runs.id, packages.name AS package, runs.status, runs.held
          FROM runs JOIN packages ON packages.id = runs.package_id
          WHERE runs.id = ${by.id}`
      : await sql`
          SELECT runs.id, packages.name AS package, runs.status, runs.held
          FROM runs JOIN packages ON packages.id = runs.package_id
          WHERE runs.package_id = ANY (${[...by.packageIds]}::uuid[])
            AND runs.status NOT IN ('done', 'failed', 'cancelled')
          ORDER BY runs.created_at`;
  return z.array(namedRun).parse(rows);
}

const failedAsset = z.object({ id: z.uuid(), package_id: z.uuid(), project_id: z.uuid() });

/** Assets with a step that failed, whose files are there: all, those of a package, or one of it by its path in it. */
export async function findFailedAssets(
  sql: Sql,
  within: { packageId?: string; relativePath?: string } = {},
): Promise<z.infer<typeof failedAsset>[]> {
  const { packageId = null, relativePath = null } = within;
  const rows = await sql`
    SELECT assets.id, assets.package_id, assets.project_id
    FROM assets
    JOIN packages ON packages.id = assets.package_id AND packages.deleted_at IS NULL
    JOIN projects ON projects.id = assets.project_id AND projects.deleted_at IS NULL
    WHERE 'failed' IN (probe_status, thumbnail_status, proxy_status, sprite_status, waveform_status)
      AND assets.missing_since IS NULL AND assets.deleted_at IS NULL
      AND (${packageId}::uuid IS NULL OR assets.package_id = ${packageId})
      AND (${relativePath}::text IS NULL OR assets.relative_path = ${relativePath})
    ORDER BY assets.package_id, assets.relative_path`;
  return z.array(failedAsset).parse(rows);
}

export async function assetExists(sql: Sql, packageId: string, relativePath: string): Promise<boolean> {
  const [row] = await sql`
    SELECT 1 FROM assets WHERE package_id = ${packageId} AND relative_path = ${relativePath} AND deleted_at IS NULL`;
  return row !== undefined;
}

const foundFolder = z.object({
  id: z.uuid(),
  source_path: z.string(),
  name: z.string(),
  status: z.string(),
  decision: z.string().nullable(),
  type: z.enum(['atman', 'vfx']).nullable(),
  project_id: z.uuid().nullable(),
  project: z.string().nullable(),
});
export type FoundFolder = z.infer<typeof foundFolder>;

/** A folder that was found, with the type that a person or else analysis gave it. */
export async function findIncoming(sql: Sql, sourcePath: string): Promise<FoundFolder | null> {
  const [row] = await sql`
    SELECT
      incoming.id, incoming.source_path, incoming.name, incoming.status, incoming.decision,
      coalesce(incoming.type, incoming.proposal->>'type') AS type,
      projects.id AS project_id, projects.name AS project
    FROM incoming
    LEFT JOIN projects ON projects.id = incoming.project_id AND projects.deleted_at IS NULL
    WHERE incoming.source_path = ${sourcePath}`;
  return row ? foundFolder.parse(row) : null;
}

const knownFile = z.object({
  relative_path: z.string(),
  size_bytes: z.coerce.number(),
  modified_ns: z.coerce.bigint().nullable(),
  is_missing: z.boolean(),
});

/** What the library has of a folder in a project: for a comparison with the disk. Null: nothing yet. */
export async function readKnownFolder(sql: Sql, projectName: string, sourcePath: string) {
  const [found] = await sql<{ id: string; name: string; is_deleted: boolean }[]>`
    SELECT packages.id, packages.name, packages.deleted_at IS NOT NULL AS is_deleted
    FROM packages
    JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL
    WHERE lower(projects.name) = lower(${projectName}) AND packages.source_path = ${sourcePath}`;
  if (!found) return null;
  const files = await sql`
    SELECT relative_path, size_bytes, modified_ns, missing_since IS NOT NULL AS is_missing
    FROM assets WHERE package_id = ${found.id} AND deleted_at IS NULL
    -- One that is there comes last, where several have had its path.
    ORDER BY missing_since NULLS LAST`;
  return { id: found.id, name: found.name, isDeleted: found.is_deleted, files: z.array(knownFile).parse(files) };
}

/** Whether a project of that name is there, whatever its case. */
export async function projectExists(sql: Sql, name: string): Promise<boolean> {
  const [row] = await sql`SELECT 1 FROM projects WHERE lower(name) = lower(${name}) AND deleted_at IS NULL`;
  return row !== undefined;
}

/** The dataset directories of a project's subjects that have one, by the subjects' names in lower case. */
export async function readDatasetDirectories(sql: Sql, projectName: string): Promise<Map<string, string>> {
  const rows = await sql<{ name: string; directory: string }[]>`
    SELECT lower(subjects.name) AS name, subjects.dataset_directory AS directory
    FROM subjects
    JOIN projects ON projects.id = subjects.project_id AND projects.deleted_at IS NULL
    WHERE lower(projects.name) = lower(${projectName}) AND subjects.deleted_at IS NULL
      AND subjects.dataset_directory IS NOT NULL`;
  return new Map(rows.map(({ name, directory }) => [name, directory]));
}

/** Whether the database has the library's tables: one that no ingestor or server has prepared has not. */
export async function libraryExists(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ exists: boolean }[]>`SELECT to_regclass('corrections') IS NOT NULL AS exists`;
  return row?.exists ?? false;
}

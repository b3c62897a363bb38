/** Finds packages, runs, folders and assets by the names that people use. Deleted ones are never found. */
import { anyStepIs } from '@ingesthub/schema/library/asset-columns.ts';
import { packageType, runHold, runStatus } from '@ingesthub/schema/library/vocabulary.ts';
import { storedPath } from '@ingesthub/schema/paths/stored-path.ts';
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

/** Finds packages by id, by name in any case, or by the path of their folder; without a criterion, all of them. */
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

/** Finds packages whose folder is or contains `path`; only those with the innermost folder. */
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

/** Finds a run by its id, or the unfinished runs of some packages. */
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

/** Finds assets on disk with a failed step: all, those of a package, or one by its path in the package. */
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
    WHERE ${sql.unsafe(anyStepIs('failed'))}
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
  type: packageType.nullable(),
  project_id: z.uuid().nullable(),
  project: z.string().nullable(),
});
export type FoundFolder = z.infer<typeof foundFolder>;

/** Finds an incoming folder, with the type that a person or, failing that, analysis gave it. */
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

/** Returns the library's record of a folder in a project, to compare with the disk. Null when there is none. */
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
    -- When several assets have had a path, the one on disk comes last.
    ORDER BY missing_since NULLS LAST`;
  return { id: found.id, name: found.name, isDeleted: found.is_deleted, files: z.array(knownFile).parse(files) };
}

/** Returns the id of the project with a name, in any case; null when there is none. */
export async function projectIdNamed(sql: Sql, name: string): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    SELECT id FROM projects WHERE lower(name) = lower(${name}) AND deleted_at IS NULL`;
  return row?.id ?? null;
}

/** Returns the dataset directories of a project's subjects, by the subjects' names in lower case. */
export async function readDatasetDirectories(sql: Sql, projectName: string): Promise<Map<string, string>> {
  const rows = await sql<{ name: string; directory: string }[]>`
    SELECT lower(subjects.name) AS name, subjects.dataset_directory AS directory
    FROM subjects
    JOIN projects ON projects.id = subjects.project_id AND projects.deleted_at IS NULL
    WHERE lower(projects.name) = lower(${projectName}) AND subjects.deleted_at IS NULL
      AND subjects.dataset_directory IS NOT NULL`;
  return new Map(rows.map(({ name, directory }) => [name, directory]));
}

/** Returns true when the database has the library's tables, which the first ingestor or server creates. */
export async function libraryExists(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ exists: boolean }[]>`SELECT to_regclass('corrections') IS NOT NULL AS exists`;
  return row?.exists ?? false;
}

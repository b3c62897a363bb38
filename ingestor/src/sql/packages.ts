/** Finds or creates projects, subjects and packages by name. */
import { type Proposal, proposal } from '@ingesthub/schema/library/proposal.ts';
import type { AssetType, FileType, PackageStatus, PackageType } from '@ingesthub/schema/library/vocabulary.ts';
import { v7 as uuid } from 'uuid';
import type { ListedAsset } from '../analyze/rules/listing.ts';
import type { Sql, TransactionSql } from './client.ts';

/** @param name matched in any case. @param type of a project that is created. */
export async function findOrCreateProject(sql: TransactionSql, name: string, type: PackageType): Promise<string> {
  await sql`
    INSERT INTO projects (id, name, type) VALUES (${uuid()}, ${name}, ${type})
    ON CONFLICT (lower(name)) WHERE deleted_at IS NULL DO NOTHING`;
  const [project] = await sql<{ id: string }[]>`
    SELECT id FROM projects WHERE lower(name) = lower(${name}) AND deleted_at IS NULL`;
  if (!project) throw new Error(`The project ${name} was deleted while it was looked up; try again.`);
  return project.id;
}

/** Returns true when a project exists and is not deleted. */
export async function projectStands(sql: TransactionSql, projectId: string): Promise<boolean> {
  const rows = await sql`SELECT FROM projects WHERE id = ${projectId} AND deleted_at IS NULL FOR SHARE`;
  return rows.count > 0;
}

/** @returns the ids of a project's subjects by the names as given; missing subjects are created. */
export async function findOrCreateSubjects(
  sql: TransactionSql,
  projectId: string,
  names: readonly string[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(names)].map((name) => ({ id: uuid(), name }));
  await sql`
    INSERT INTO subjects (id, project_id, name)
    SELECT wanted.id, ${projectId}, wanted.name
    FROM json_to_recordset(${JSON.stringify(wanted)}::text::json) AS wanted(id uuid, name text)
    ON CONFLICT (project_id, lower(name)) WHERE deleted_at IS NULL DO NOTHING`;
  const rows = await sql<{ id: string; name: string }[]>`
    SELECT subjects.id, wanted.name
    FROM unnest(${wanted.map(({ name }) => name)}::text[]) AS wanted(name)
    JOIN subjects ON subjects.project_id = ${projectId} AND lower(subjects.name) = lower(wanted.name)
      AND subjects.deleted_at IS NULL`;
  return new Map(rows.map(({ id, name }) => [name, id]));
}

/** More would make every name fit someone. */
const MAX_SUBJECTS = 2000;

/** Returns the names of a project's subjects, the latest first. */
export async function subjectNames(sql: Sql, projectId: string): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    SELECT name FROM subjects WHERE project_id = ${projectId} AND deleted_at IS NULL
    ORDER BY created_at DESC, id LIMIT ${MAX_SUBJECTS}`;
  return rows.map(({ name }) => name);
}

export interface PackageRequest {
  readonly projectId: string;
  readonly sourcePath: string;
  /** Name of a new package, unless `name` is given. */
  readonly folderName: string;
  readonly type: PackageType;
  /** A person's choice; undefined keeps the value of an existing package. */
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** Added to the existing tags. */
  readonly tags: readonly string[];
}

/**
 * Returns the type that a person announced by creating the package in a browser; null when no one did, or when the
 * package has been ingested before.
 */
export async function expectedType(
  sql: TransactionSql,
  projectId: string,
  sourcePath: string,
): Promise<PackageType | null> {
  const [row] = await sql<{ type: PackageType }[]>`
    SELECT type FROM packages
    WHERE project_id = ${projectId} AND source_path = ${sourcePath}
      AND NOT EXISTS (SELECT FROM runs WHERE runs.package_id = packages.id)`;
  return row?.type ?? null;
}

/**
 * Queues the package of a folder in a project. A deleted package is restored with everything that people did to its
 * assets, because ingesting the folder again shows that it is wanted.
 *
 * @returns its id.
 */
export async function queuePackage(sql: TransactionSql, request: PackageRequest): Promise<string> {
  const { projectId, sourcePath, folderName, type, name = null, description = null, tags } = request;
  const [row] = await sql<{ id: string }[]>`
    INSERT INTO packages (id, project_id, name, type, status, source_path, description, tags)
    VALUES (
      ${uuid()}, ${projectId}, ${name ?? folderName}, ${type}, 'queued', ${sourcePath}, ${description},
      ARRAY(SELECT DISTINCT tag COLLATE "C" FROM unnest(${[...tags]}::text[]) AS tag ORDER BY 1)
    )
    ON CONFLICT (project_id, source_path) DO UPDATE SET
      status = 'queued',
      problem = NULL,
      deleted_at = NULL,
      deleted_by = NULL,
      name = coalesce(${name}, packages.name),
      description = coalesce(${description}, packages.description),
      tags = ARRAY(SELECT unnest(packages.tags) UNION SELECT unnest(excluded.tags) ORDER BY 1)
    RETURNING id`;
  if (!row) throw new Error(`The package of ${sourcePath} could not be created.`);
  return row.id;
}

export async function setPackageStatus(
  sql: TransactionSql,
  packageId: string,
  status: PackageStatus,
  problem: string | null = null,
): Promise<void> {
  await sql`
    UPDATE packages SET status = ${status}, problem = ${problem}
    WHERE id = ${packageId} AND (status, problem) IS DISTINCT FROM (${status}::text, ${problem}::text)`;
}

/**
 * Stores the result of analysis; its subjects are added to those of the package. A primary subject that a person chose
 * at creation is kept.
 */
export async function setPackageAnalysis(
  sql: TransactionSql,
  packageId: string,
  analysis: { type: PackageType; proposal: Proposal; primarySubjectId: string | null; subjectIds: readonly string[] },
): Promise<void> {
  await sql`
    UPDATE packages
    SET type = ${analysis.type}, proposal = ${sql.json(analysis.proposal)},
      subject_id = CASE WHEN proposal IS NULL THEN coalesce(subject_id, ${analysis.primarySubjectId}) ELSE ${analysis.primarySubjectId} END
    WHERE id = ${packageId}`;
  await sql`
    INSERT INTO packages_subjects (package_id, subject_id, project_id)
    SELECT packages.id, named.id, packages.project_id
    FROM packages, unnest(${[...analysis.subjectIds]}::uuid[] || packages.subject_id) AS named(id)
    WHERE packages.id = ${packageId}
    ON CONFLICT DO NOTHING`;
}

/** Returns the root of a package; null when none has taken it, or the package no longer exists. */
export async function packageRoot(sql: TransactionSql, packageId: string): Promise<string | null> {
  const [row] = await sql<{ rootId: string | null }[]>`
    SELECT media_root AS "rootId" FROM packages WHERE id = ${packageId}`;
  return row?.rootId ?? null;
}

/** Records that all rows of a package match the disk. */
export async function setPackageFingerprint(
  sql: TransactionSql,
  packageId: string,
  fingerprint: string,
): Promise<void> {
  await sql`
    UPDATE packages SET fingerprint = ${fingerprint}
    WHERE id = ${packageId} AND fingerprint IS DISTINCT FROM ${fingerprint}`;
}

/** Returns the earlier proposal for a package; null when there is none. */
export async function readProposal(sql: Sql, packageId: string): Promise<Proposal | null> {
  const [row] = await sql<{ proposal: unknown }[]>`SELECT proposal FROM packages WHERE id = ${packageId}`;
  return row?.proposal ? proposal.parse(row.proposal) : null;
}

/**
 * Returns true when a model should refine a package that has never been ready, and has not done so.
 *
 * @param evidence the line in the proposal that marks this state.
 */
export async function awaitsModel(sql: Sql, packageId: string, evidence: string): Promise<boolean> {
  const rows = await sql`
    SELECT FROM packages
    WHERE id = ${packageId} AND proposal->'evidence' @> ${sql.json([evidence])}
      AND NOT EXISTS (SELECT FROM runs WHERE runs.package_id = packages.id AND runs.status = 'done')`;
  return rows.count > 0;
}

/** The placement of most files of one type in a folder of a package. */
export interface FolderHabit {
  /** Within the package. */
  readonly path: string;
  readonly fileType: FileType;
  readonly subjectId: string;
  readonly subject: string;
  readonly camera: string | null;
  readonly assetType: AssetType;
}

export async function folderHabits(sql: Sql, packageId: string): Promise<FolderHabit[]> {
  return sql<FolderHabit[]>`
    SELECT DISTINCT ON (folders.path, assets.file_type)
      folders.path,
      assets.file_type AS "fileType",
      subjects.id AS "subjectId",
      subjects.name AS subject,
      assets.camera,
      assets.asset_type AS "assetType"
    FROM assets
    JOIN folders ON folders.package_id = assets.package_id AND folders.number = assets.folder
    JOIN subjects ON subjects.id = assets.subject_id AND subjects.deleted_at IS NULL
    WHERE assets.package_id = ${packageId} AND assets.deleted_at IS NULL
    GROUP BY folders.path, assets.file_type, subjects.id, subjects.name, assets.camera, assets.asset_type
    ORDER BY folders.path, assets.file_type, count(*) DESC, subjects.name`;
}

/** Where analysis, or a person, has placed an asset. */
export interface AssetPlacement {
  readonly subjectId: string | null;
  readonly assetType: AssetType;
  readonly camera: string | null;
}

export function isSamePlacement(a: AssetPlacement, b: AssetPlacement): boolean {
  return a.subjectId === b.subjectId && a.assetType === b.assetType && a.camera === b.camera;
}

/** An asset as analysis reads it. */
export interface PlacedRow extends AssetPlacement {
  readonly id: string;
  readonly relativePath: string;
  readonly fileType: FileType;
  /** Bytes. */
  readonly size: number;
  readonly sequence: ListedAsset['sequence'];
}

export async function placedAssets(sql: Sql, packageId: string): Promise<PlacedRow[]> {
  return sql<PlacedRow[]>`
    SELECT
      id,
      relative_path AS "relativePath",
      file_type AS "fileType",
      size_bytes::float8 AS size,
      CASE WHEN frame_count IS NOT NULL THEN
        json_build_object(
          'first', first_frame, 'count', frame_count, 'padding', frame_padding, 'missing', missing_frames
        )
      END AS sequence,
      subject_id AS "subjectId",
      asset_type AS "assetType",
      camera
    FROM assets
    WHERE package_id = ${packageId} AND missing_since IS NULL AND deleted_at IS NULL
    ORDER BY relative_path COLLATE "C"`;
}

/** Places assets whose placement has not changed since it was read. */
export async function replaceAssets(
  sql: TransactionSql,
  moves: readonly { readonly was: PlacedRow; readonly placement: AssetPlacement }[],
): Promise<void> {
  const rows = moves.map(({ was: { id, subjectId, assetType, camera }, placement }) => ({
    id,
    was: { subject_id: subjectId, asset_type: assetType, camera },
    subject_id: placement.subjectId,
    asset_type: placement.assetType,
    camera: placement.camera,
  }));
  await sql`
    UPDATE assets SET subject_id = placed.subject_id, camera = placed.camera, asset_type = placed.asset_type
    FROM json_to_recordset(${JSON.stringify(rows)}::text::json) AS placed(
      id uuid, was json, subject_id uuid, camera text, asset_type text
    ), json_to_record(placed.was) AS was(subject_id uuid, camera text, asset_type text)
    WHERE assets.id = placed.id
      AND (assets.subject_id, assets.camera, assets.asset_type)
        IS NOT DISTINCT FROM (was.subject_id, was.camera, was.asset_type)
      AND (assets.subject_id, assets.camera, assets.asset_type)
        IS DISTINCT FROM (placed.subject_id, placed.camera, placed.asset_type)`;
}

/** Removes subjects that a run created and that nothing uses any more. */
export async function removeUnusedSubjects(sql: TransactionSql, packageId: string, since: Date): Promise<void> {
  await sql`
    DELETE FROM packages_subjects
    WHERE package_id = ${packageId}
      AND subject_id NOT IN (SELECT subject_id FROM packages WHERE id = ${packageId} AND subject_id IS NOT NULL)
      AND NOT EXISTS (
        SELECT FROM assets
        WHERE assets.package_id = ${packageId} AND assets.subject_id = packages_subjects.subject_id
      )`;
  await sql`
    DELETE FROM subjects
    WHERE project_id = (SELECT project_id FROM packages WHERE id = ${packageId})
      AND created_at >= ${since} AND updated_by = 'ingestor'
      AND NOT EXISTS (SELECT FROM assets WHERE assets.subject_id = subjects.id)
      AND NOT EXISTS (SELECT FROM packages WHERE packages.subject_id = subjects.id)
      AND NOT EXISTS (SELECT FROM packages_subjects WHERE packages_subjects.subject_id = subjects.id)`;
}

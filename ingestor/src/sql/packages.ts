/** Projects, subjects and packages, found by name or made. */
import type { Proposal } from '@ingesthub/schema/proposal.ts';
import type { PackageStatus, PackageType } from '@ingesthub/schema/vocabulary.ts';
import { v7 as uuid } from 'uuid';
import type { TransactionSql } from './client.ts';

/** @param name found whatever its case. @param type of a project that is made. */
export async function findOrCreateProject(sql: TransactionSql, name: string, type: PackageType): Promise<string> {
  await sql`
    INSERT INTO projects (id, name, type) VALUES (${uuid()}, ${name}, ${type})
    ON CONFLICT (lower(name)) WHERE deleted_at IS NULL DO NOTHING`;
  const [project] = await sql<{ id: string }[]>`
    SELECT id FROM projects WHERE lower(name) = lower(${name}) AND deleted_at IS NULL`;
  if (!project) throw new Error(`The project ${name} was deleted while it was looked up; try again.`);
  return project.id;
}

/** @returns the ids of a project's subjects by the names as given; those that are missing are made. */
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

export interface PackageRequest {
  readonly projectId: string;
  readonly sourcePath: string;
  /** Of a package that is made, unless `name` is given. */
  readonly folderName: string;
  readonly type: PackageType;
  /** What a person said; undefined leaves an existing package's as it is. */
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** Added to those it has. */
  readonly tags: readonly string[];
}

/** What a person said a delivery will be, who made its package in a browser; null: nobody did, or it was ingested before. */
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
 * The package of a folder in a project, queued. One that was deleted is restored, with all that people did to its
 * assets: who ingests the folder again wants it.
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
  if (!row) throw new Error(`The package of ${sourcePath} could not be made.`);
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
 * What analysis found; the subjects are added to those that the package has. Whom a person named when they made the
 * package stays its primary one.
 */
export async function setPackageAnalysis(
  sql: TransactionSql,
  packageId: string,
  analysis: { type: PackageType; proposal: Proposal; primarySubjectId: string; subjectIds: readonly string[] },
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

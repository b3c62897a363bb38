/** The scope of a list of assets in SQL: its tables, its number of assets, and its subjects. */
import type { Scope } from '../replica/model/mirror-questions.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import type { TableRead } from '../replica/read/table-reads.ts';
import { summedColumns } from './packages.ts';
import { projectSubjectsQuery } from './subjects.ts';

/** Packages of which nothing that holds them is deleted. A join with `projects` gives the condition its tables. */
export const LIVE = 'packages.deleted_at IS NULL AND projects.deleted_at IS NULL';

/** Returns the same tables, and those that decide which packages belong to the scope. */
export function scopeReads(scope: Scope, reads: readonly Omit<TableRead, 'packageId'>[]): TableRead[] {
  if (scope.kind === 'package') return reads.map((read) => ({ ...read, packageId: scope.id }));
  return [
    ...reads,
    { table: 'packages', columns: ['deleted_at', 'project_id'] },
    { table: 'projects', columns: ['deleted_at'] },
  ];
}

export interface ScopeTotalRow {
  readonly asset_count: number;
}

/** One {@link ScopeTotalRow} from maintained counts, once the replica is `ready`: what the scope lists without a filter. */
export function scopeTotalQuery(scope: Scope): LiveQueryInput {
  const conditions = {
    package: 'package_id = $1',
    project: `packages.project_id = $1 AND ${LIVE}`,
    subject: `counts.subject_id = $1 AND ${LIVE}`,
    library: LIVE,
  };
  return {
    reads: scopeReads(scope, [{ table: 'assets', columns: [...summedColumns, 'subject_id', 'sidecar_of'] }]),
    statement: {
      text: `
        SELECT coalesce(sum(counts.asset_count), 0)::integer AS asset_count
        FROM asset_counts AS counts
        JOIN packages ON packages.id = counts.package_id
        JOIN projects ON projects.id = packages.project_id
        WHERE NOT is_sidecar AND ${conditions[scope.kind]}`,
      values: scope.kind === 'library' ? [] : [scope.id],
    },
  };
}

export interface PackageNameRow {
  readonly id: string;
  readonly name: string;
}

/** {@link PackageNameRow} rows by name: the packages whose assets may be in the scope. */
export function scopePackagesQuery(scope: Scope, projectId: string | null): LiveQueryInput {
  const [condition, value] =
    scope.kind === 'package'
      ? ['packages.id = $1', scope.id]
      : projectId !== null
        ? [`packages.project_id = $1 AND ${LIVE}`, projectId]
        : [LIVE, null];
  return {
    reads: [
      { table: 'packages', columns: ['name', 'project_id', 'deleted_at'] },
      { table: 'projects', columns: ['deleted_at'] },
    ],
    statement: {
      text: `
        SELECT packages.id, packages.name FROM packages JOIN projects ON projects.id = packages.project_id
        WHERE ${condition} ORDER BY lower(packages.name), packages.id`,
      values: value === null ? [] : [value],
    },
  };
}

/** `SubjectListRow` rows by name: those that assets of the scope may have. @param projectId null: any project's. */
export function scopeSubjectsQuery(projectId: string | null): LiveQueryInput {
  if (projectId !== null) return projectSubjectsQuery(projectId);
  return {
    reads: [{ table: 'subjects', columns: ['name', 'deleted_at'] }],
    statement: {
      text: 'SELECT id, name FROM subjects WHERE deleted_at IS NULL ORDER BY lower(name), id',
      values: [],
    },
  };
}

/** Counts and names for the sidebar. */
import type { PackageType } from '@ingesthub/schema/library/package-kinds.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

export interface SidebarCountsRow {
  readonly projects: number;
  readonly subjects: number;
  /** Packages by kind; a kind without packages is missing. */
  readonly packages: Readonly<Partial<Record<PackageType, number>>>;
}

/** One {@link SidebarCountsRow}. The tables behind it have thousands of rows at most. */
export function sidebarCountsQuery(): LiveQueryInput {
  return {
    reads: [
      { table: 'projects', columns: ['deleted_at'] },
      { table: 'subjects', columns: ['deleted_at'] },
      { table: 'packages', columns: ['deleted_at', 'type'] },
    ],
    statement: {
      text: `
        SELECT
          (SELECT count(*)::integer FROM projects WHERE deleted_at IS NULL) AS projects,
          (
            SELECT count(*)::integer FROM subjects JOIN projects ON projects.id = subjects.project_id
            WHERE subjects.deleted_at IS NULL AND projects.deleted_at IS NULL
          ) AS subjects,
          (
            SELECT coalesce(json_object_agg(type, packages), '{}') FROM (
              SELECT packages.type, count(*)::integer AS packages
              FROM packages JOIN projects ON projects.id = packages.project_id
              WHERE packages.deleted_at IS NULL AND projects.deleted_at IS NULL
              GROUP BY packages.type
            ) AS by_kind
          ) AS packages`,
      values: [],
    },
  };
}

export interface PinnedRow {
  readonly id: string;
  readonly name: string;
}

/** {@link PinnedRow} rows of projects, in the order of the ids. */
export function pinnedProjectsQuery(ids: readonly string[]): LiveQueryInput {
  return {
    reads: [{ table: 'projects' }],
    statement: {
      text: `
        SELECT id, name FROM projects WHERE id = ANY ($1::uuid[]) AND deleted_at IS NULL
        ORDER BY array_position($1::uuid[], id)`,
      values: [ids],
    },
  };
}

export interface PinnedFilterRow extends PinnedRow {
  readonly address: string;
}

/** {@link PinnedFilterRow} rows of shared filters, in the order of the ids. */
export function pinnedFiltersQuery(ids: readonly string[]): LiveQueryInput {
  return {
    reads: [{ table: 'saved_filters' }],
    statement: {
      text: `
        SELECT id, name, address FROM saved_filters WHERE id::text = ANY ($1::text[]) AND deleted_at IS NULL
        ORDER BY array_position($1::text[], id::text)`,
      values: [ids],
    },
  };
}

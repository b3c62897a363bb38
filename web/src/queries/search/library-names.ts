/** The names that a search goes through beside those of assets: rows of this device, and the things that they make. */
import type { PackageType } from '@ingesthub/schema/library/package-kinds.ts';
import type { LiveQueryInput } from '../../replica/read/create-live-query.ts';
import type { Named } from './find-names.ts';

export const thingKinds = ['projects', 'subjects', 'packages', 'filters', 'folders', 'tags'] as const;
export type ThingKind = (typeof thingKinds)[number];

/** Something that a search leads to. */
export interface Thing extends Named {
  readonly kind: ThingKind;
  /** Unique among the things of its kind. */
  readonly id: string;
  /** Where it is, from the outermost. */
  readonly place: readonly string[];
  /** Other names that it is found by, and how it has to do with them: `with`, `in`, `tagged`. */
  readonly related: readonly { readonly how: string; readonly name: string }[];
  /** When it last changed, in milliseconds since 1970; 0: unknown. */
  readonly changedAt: number;
  readonly projectId: string | null;
  readonly packageId: string | null;
  /** The folder's path, the saved filter's address; null for the rest. */
  readonly path: string | null;
  readonly packageType: PackageType | null;
  /** Assets that have the tag; null: not counted here. */
  readonly assetCount: number | null;
}

interface NameRow {
  readonly id: string;
  readonly name: string;
  readonly changed: number;
}
interface ProjectNameRow extends NameRow {
  readonly type: PackageType;
  readonly client: string | null;
  readonly tags: readonly string[];
}
interface SubjectNameRow extends NameRow {
  readonly project_id: string;
  readonly tags: readonly string[];
}
interface PackageNameRow extends NameRow {
  readonly type: PackageType;
  readonly project_id: string;
  readonly subject_ids: readonly string[];
  readonly tags: readonly string[];
}
interface FolderNameRow {
  readonly package_id: string;
  readonly number: number;
  readonly path: string;
}
interface FilterNameRow extends NameRow {
  readonly address: string;
}
export interface TagNameRow {
  readonly name: string;
  readonly count: number;
}

/** Rows of the library by kind; those of deleted projects and packages may be among them. */
export interface NameRows {
  readonly projects: readonly ProjectNameRow[];
  readonly subjects: readonly SubjectNameRow[];
  readonly packages: readonly PackageNameRow[];
  readonly folders: readonly FolderNameRow[];
  readonly filters: readonly FilterNameRow[];
  readonly tags: readonly TagNameRow[];
}

const changed = '(extract(epoch FROM updated_at) * 1000)::double precision AS changed';

/** Statements for {@link NameRows}, without the tags: those are counted by the mirror. */
export const nameQueries = {
  projects: query('projects', `SELECT id, name, type, client, tags, ${changed} FROM projects WHERE deleted_at IS NULL`),
  subjects: query('subjects', `SELECT id, name, project_id, tags, ${changed} FROM subjects WHERE deleted_at IS NULL`),
  packages: query(
    'packages',
    `SELECT id, name, type, project_id, tags, ${changed},
      array_remove(subject_id || ARRAY (
        SELECT subject_id FROM packages_subjects WHERE packages_subjects.package_id = packages.id
      ), NULL) AS subject_ids
    FROM packages WHERE deleted_at IS NULL`,
    'packages_subjects',
  ),
  folders: query('folders', `SELECT package_id, number, path FROM folders WHERE path <> ''`),
  filters: query('saved_filters', `SELECT id, name, address, ${changed} FROM saved_filters WHERE deleted_at IS NULL`),
} satisfies Record<Exclude<ThingKind, 'tags'>, LiveQueryInput>;

function query(table: string, text: string, other?: string): LiveQueryInput {
  return { reads: [{ table }, ...(other ? [{ table: other }] : [])], statement: { text, values: [] } };
}

const nothing = {
  packageId: null,
  path: null,
  packageType: null,
  assetCount: null,
  around: [],
  place: [],
  related: [],
};

/** Makes things of the rows of one kind, and drops those whose project or package is deleted. */
export const makeThings: { readonly [Kind in ThingKind]: (rows: NameRows) => Thing[] } = {
  projects: ({ projects }) =>
    projects.map(({ id, name, type, client, tags, changed }) => ({
      ...nothing,
      kind: 'projects',
      id,
      name,
      around: [...(client === null ? [] : [client]), ...tags],
      place: client === null ? [] : [client],
      related: tags.map(tagged),
      changedAt: changed,
      projectId: id,
      packageType: type,
    })),

  subjects({ projects, subjects, packages }) {
    const projectNames = namesById(projects);
    const packagesOf = new Map<string, string[]>();
    for (const { name, subject_ids } of packages)
      for (const id of new Set(subject_ids)) packagesOf.set(id, [...(packagesOf.get(id) ?? []), name]);
    return subjects.flatMap(({ id, name, project_id, tags, changed }) => {
      const project = projectNames.get(project_id);
      if (project === undefined) return [];
      const deliveries = packagesOf.get(id) ?? [];
      return {
        ...nothing,
        kind: 'subjects' as const,
        id,
        name,
        around: [project, ...deliveries, ...tags],
        place: [project],
        related: [...deliveries.map((name) => ({ how: 'in', name })), ...tags.map(tagged)],
        changedAt: changed,
        projectId: project_id,
      };
    });
  },

  packages({ projects, subjects, packages }) {
    const [projectNames, subjectNames] = [namesById(projects), namesById(subjects)];
    return packages.flatMap(({ id, name, type, project_id, subject_ids, tags, changed }) => {
      const project = projectNames.get(project_id);
      if (project === undefined) return [];
      const people = [...new Set(subject_ids)].flatMap((subject) => subjectNames.get(subject) ?? []);
      return {
        ...nothing,
        kind: 'packages' as const,
        id,
        name,
        around: [project, ...people, ...tags],
        place: [project],
        related: [...people.map((name) => ({ how: 'with', name })), ...tags.map(tagged)],
        changedAt: changed,
        projectId: project_id,
        packageId: id,
        packageType: type,
      };
    });
  },

  folders({ projects, packages, folders }) {
    const projectNames = namesById(projects);
    const packageRows = new Map(packages.map((row) => [row.id, row]));
    return folders.flatMap(({ package_id, number, path }) => {
      const row = packageRows.get(package_id);
      const project = projectNames.get(row?.project_id ?? '');
      if (!row || project === undefined) return [];
      const slash = path.lastIndexOf('/');
      const place = [project, row.name, ...(slash === -1 ? [] : [path.slice(0, slash)])];
      return {
        ...nothing,
        kind: 'folders' as const,
        id: `${package_id} ${number}`,
        name: path.slice(slash + 1),
        around: place,
        place,
        changedAt: row.changed,
        projectId: row.project_id,
        packageId: package_id,
        path,
      };
    });
  },

  filters: ({ filters }) =>
    filters.map(({ id, name, address, changed }) => ({
      ...nothing,
      kind: 'filters',
      id,
      name,
      changedAt: changed,
      projectId: null,
      path: address,
    })),

  tags: ({ tags }) =>
    tags.map(({ name, count }) => ({
      ...nothing,
      kind: 'tags',
      id: name,
      name,
      // The most used first among equals.
      changedAt: count,
      projectId: null,
      assetCount: count,
    })),
};

function tagged(name: string): { how: string; name: string } {
  return { how: 'tagged', name };
}

function namesById(rows: readonly { readonly id: string; readonly name: string }[]): ReadonlyMap<string, string> {
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/**
 * The parts of a library that mutations can change, as fields: `packages <id> name` -> its value as JSON. A tag is
 * `asset_tags <asset> <tag>` -> `true`, and has no field when it is absent. Central Postgres, replicas and the model
 * share this format.
 */

/** Table -> field -> the SQL that reads it. */
const watchedFields = {
  projects: {
    name: 'name',
    type: 'type',
    client: 'client',
    notes: 'notes',
    tags: 'tags',
    deleted: 'deleted_at IS NOT NULL',
  },
  subjects: {
    project_id: 'project_id',
    name: 'name',
    dataset_directory: 'dataset_directory',
    notes: 'notes',
    tags: 'tags',
    deleted: 'deleted_at IS NOT NULL',
  },
  packages: {
    project_id: 'project_id',
    name: 'name',
    type: 'type',
    source_path: 'source_path',
    description: 'description',
    tags: 'tags',
    subject_id: 'subject_id',
    picked_up: 'picked_up_at IS NOT NULL',
    deleted: 'deleted_at IS NOT NULL',
  },
  saved_filters: { name: 'name', address: 'address', deleted: 'deleted_at IS NOT NULL' },
  corrections: {
    project_id: 'project_id',
    kind: 'kind',
    name: 'name',
    value: 'corrections.value',
    deleted: 'deleted_at IS NOT NULL',
  },
  assets: {
    project_id: 'project_id',
    package_id: 'package_id',
    subject_id: 'subject_id',
    asset_type: 'asset_type',
    camera: 'camera',
    review_status: 'review_status',
    picked_up: 'picked_up_at IS NOT NULL',
    deleted: 'deleted_at IS NOT NULL',
  },
  // Users cannot delete rows of these two tables: `deleted` only records that the row exists.
  runs: {
    project_id: 'project_id',
    package_id: 'package_id',
    held: 'held',
    options: 'options',
    ended: `status IN ('done', 'failed', 'cancelled')`,
    deleted: 'false',
  },
  incoming: {
    name: 'name',
    type: 'type',
    placements: 'placements',
    description: 'description',
    tags: 'tags',
    options: 'options',
    project_id: 'project_id',
    decision: 'decision',
    package_id: 'package_id',
    deleted: 'false',
  },
} as const;

export type WatchedTable = keyof typeof watchedFields;
export const watchedTables = Object.keys(watchedFields) as WatchedTable[];

/** Selects all fields as rows of `field` and `value`. */
export const stateSql: string = [
  ...watchedTables.map((table) => {
    const pairs = Object.entries(watchedFields[table]).map(([field, sql]) => `'${field}', ${sql}`);
    return `
      SELECT '${table} ' || id || ' ' || part.key AS field, part.value::text AS value
      FROM ${table}, jsonb_each(jsonb_build_object(${pairs.join(', ')})) AS part`;
  }),
  `SELECT 'asset_tags ' || asset_id || ' ' || tag, 'true' FROM asset_tags`,
].join(' UNION ALL ');

export type LibraryState = ReadonlyMap<string, string>;

export function fieldName(table: WatchedTable | 'asset_tags', id: string, field: string): string {
  return `${table} ${id} ${field}`;
}

/** Returns the fields that differ, with both values; undefined when a side has no such field. */
export function differences(
  here: LibraryState,
  there: LibraryState,
): { field: string; here: string | undefined; there: string | undefined }[] {
  return [...new Set([...here.keys(), ...there.keys()])]
    .map((field) => ({ field, here: here.get(field), there: there.get(field) }))
    .filter((one) => one.here !== one.there);
}

/** Serializes a value in canonical form, as Postgres has its own order of keys in a document and adds spaces. */
export function fieldValue(value: unknown): string {
  const sorted = (_: string, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part;
  return JSON.stringify(value, sorted);
}

export function libraryState(rows: Iterable<{ field: string; value: string }>): Map<string, string> {
  return new Map([...rows].map(({ field, value }) => [field, fieldValue(JSON.parse(value))]));
}

/**
 * The shapes that a browser may replicate: name -> table, columns and filter. The gateway serves only
 * these, and the replica follows only these.
 */
import { z } from 'zod';
import {
  assetMetadataRow,
  assetRow,
  assetTagRow,
  correctionRow,
  folderRow,
  hourlyCountRow,
  incomingRow,
  mutationRow,
  packageRow,
  packageSubjectRow,
  projectRow,
  runRow,
  savedFilterRow,
  subjectRow,
} from './rows.ts';

/**
 * The owner of a shape's rows: the whole library, one project (`?project=<uuid>`), one package
 * (`?package=<uuid>`) or one client (`?client=<uuid>`).
 */
export type ShapeScope = 'library' | 'project' | 'package' | 'client';

export interface ShapeDefinition {
  readonly table: string;
  /** Parses a row of the replicated columns. */
  readonly row: z.ZodObject;
  /** Replicated columns, including the key. */
  readonly columns: readonly string[];
  /** Columns of the primary key, in key order. */
  readonly key: readonly string[];
  readonly scope: ShapeScope;
}

function shape(table: string, row: z.ZodObject, key: readonly string[], scope: ShapeScope): ShapeDefinition {
  return { table, row, columns: Object.keys(row.shape), key, scope };
}

export const shapes = {
  projects: shape('projects', projectRow, ['id'], 'library'),
  subjects: shape('subjects', subjectRow, ['id'], 'library'),
  packages: shape('packages', packageRow, ['id'], 'library'),
  packages_subjects: shape('packages_subjects', packageSubjectRow, ['package_id', 'subject_id'], 'library'),
  runs: shape('runs', runRow, ['id'], 'library'),
  incoming: shape('incoming', incomingRow, ['id'], 'library'),
  saved_filters: shape('saved_filters', savedFilterRow, ['id'], 'library'),
  corrections: shape('corrections', correctionRow, ['id'], 'library'),
  hourly_counts: shape('hourly_counts', hourlyCountRow, ['package_id', 'asset_type', 'hour'], 'library'),
  folders: shape('folders', folderRow, ['package_id', 'number'], 'project'),
  assets: shape('assets', assetRow, ['id'], 'project'),
  asset_tags: shape('asset_tags', assetTagRow, ['asset_id', 'tag'], 'project'),
  asset_metadata: shape('asset_metadata', assetMetadataRow, ['asset_id'], 'package'),
  mutations: shape('mutations', mutationRow, ['id'], 'client'),
} as const satisfies Record<string, ShapeDefinition>;

export type ShapeName = keyof typeof shapes;

export function isShapeName(name: string): name is ShapeName {
  return Object.hasOwn(shapes, name);
}

export function shapesOf(scope: ShapeScope): ShapeName[] {
  return (Object.keys(shapes) as ShapeName[]).filter((name) => shapes[name].scope === scope);
}

/** Returns the column that a scoped shape compares with the reader's parameter; null for the whole table. */
export function scopeColumn(scope: ShapeScope): 'project_id' | 'package_id' | 'client' | null {
  return ({ library: null, project: 'project_id', package: 'package_id', client: 'client' } as const)[scope];
}

/**
 * One shape that a browser follows: its name and, for a scoped shape, the project, package or client.
 * URLs, the doorbell and the replica's bookkeeping use its text form, `assets?project=<uuid>`.
 */
export interface ShapeReference {
  readonly name: ShapeName;
  /** The project's, package's or client's id; absent for a library shape. */
  readonly scopeId?: string;
}

export function formatShapeReference(reference: ShapeReference): string {
  const { scope } = shapes[reference.name];
  if (scope === 'library') return reference.name;
  if (reference.scopeId === undefined) throw new TypeError(`shape ${reference.name} needs a ${scope}`);
  return `${reference.name}?${scope}=${reference.scopeId}`;
}

/** Parses the output of `formatShapeReference`, accepting upper-case ids; null when the text names no shape. */
export function parseShapeReference(text: string): ShapeReference | null {
  const [name = '', id] = text.split(/\?(?:project|package|client)=/, 2);
  const scopeId = id?.toLowerCase();
  if (!isShapeName(name)) return null;
  const reference = scopeId === undefined ? { name } : { name, scopeId };
  if (scopeId !== undefined && !z.uuid().safeParse(scopeId).success) return null;
  if (scopeId === undefined && shapes[name].scope !== 'library') return null;
  return formatShapeReference(reference) === text.toLowerCase() ? reference : null;
}

/** The SQL that reads a scope's rows, for COPY, which takes no parameters: all ids are checked before they become text. */

import type { Scope } from '../model/mirror-questions.ts';
import { copiedColumns, copiedFolderColumns, copiedTagColumns } from './asset-table.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Which of a scope's assets to read: those of some packages, or all. */
export type Part = readonly string[] | 'all';

/** The last asset of a page: the next one begins behind it. */
export interface Place {
  readonly packageId: string;
  readonly name: string;
  readonly id: string;
}

/** As in the app's lists, a package's own page shows its assets even when the package or its project is deleted. */
const livePackages = `SELECT packages.id FROM packages JOIN projects ON projects.id = packages.project_id
  WHERE packages.deleted_at IS NULL AND projects.deleted_at IS NULL`;

/** The packages whose assets may be in the scope, one `id` a row; null for a package, which is one itself. */
export function packagesStatement(scope: Scope): string | null {
  if (scope.kind === 'package') return null;
  return scope.kind === 'project' ? `${livePackages} AND packages.project_id = ${uuid(scope.id)}` : livePackages;
}

/** A page of a scope's assets, in the order of an index. @param after null: from the first one on. */
export function assetsStatement(scope: Scope, part: Part, after: Place | null, limit: number): string {
  const columns = copiedColumns.map((column) => (/^\w+$/.test(column) ? `assets.${column}` : column)).join(', ');
  return `SELECT ${columns} FROM assets WHERE ${conditions(scope, part)} ${behind(scope, part, after)}
    ORDER BY ${orderOf(scope, part).join(', ')} LIMIT ${limit}`;
}

/** Those of the given assets that are in the scope. */
export function changedAssetsStatement(scope: Scope, ids: Iterable<string>): string {
  const columns = copiedColumns.join(', ');
  return `SELECT ${columns} FROM assets WHERE ${membership(scope)} AND id = ANY (${uuids(ids)})`;
}

/** The tags of the given assets: the planner joins a page of assets with all tags there are. */
export function tagsStatement(ids: Iterable<string>): string {
  return `SELECT ${tagColumns} FROM asset_tags WHERE asset_id = ANY (${uuids(ids)})`;
}

/** Folders of the packages whose assets may be in the scope. */
export function foldersStatement(scope: Scope, part: Part): string {
  const columns = copiedFolderColumns.join(', ');
  const packages = part === 'all' ? packagesStatement(scope) : null;
  const within =
    part !== 'all'
      ? `= ANY (${uuids(part)})`
      : packages !== null
        ? `IN (${packages})`
        : `= ${scope.kind === 'package' ? uuid(scope.id) : ''}`;
  return `SELECT ${columns} FROM folders WHERE package_id ${within}`;
}

const tagColumns = copiedTagColumns.join(', ');

/** Returns the condition on `assets` that makes an asset belong to the scope. */
function membership(scope: Scope): string {
  if (scope.kind === 'package') return `deleted_at IS NULL AND package_id = ${uuid(scope.id)}`;
  const bySubject = scope.kind === 'subject' ? ` AND subject_id = ${uuid(scope.id)}` : '';
  return `deleted_at IS NULL${bySubject} AND package_id IN (${packagesStatement(scope)})`;
}

/** Where packages are named, they are known to be live, and their list lets an index give the order. */
function conditions(scope: Scope, part: Part): string {
  if (part === 'all' || scope.kind === 'package') return membership(scope);
  const bySubject = scope.kind === 'subject' ? ` AND subject_id = ${uuid(scope.id)}` : '';
  return `deleted_at IS NULL${bySubject} AND package_id = ANY (${uuids(part)})`;
}

type OrderColumn = 'package_id' | 'name' | 'id';

function orderOf(scope: Scope, part: Part): OrderColumn[] {
  return scope.kind === 'package' || (scope.kind === 'subject' && part === 'all')
    ? ['name', 'id']
    : ['package_id', 'name', 'id'];
}

function behind(scope: Scope, part: Part, after: Place | null): string {
  if (after === null) return '';
  const order = orderOf(scope, part);
  return `AND (${order.join(', ')}) > (${valuesOf(order, after)})`;
}

function valuesOf(order: readonly OrderColumn[], { packageId, name, id }: Place): string {
  const values = { package_id: () => uuid(packageId), name: () => text(name), id: () => uuid(id) };
  return order.map((column) => values[column]()).join(', ');
}

function uuids(ids: Iterable<string>): string {
  const checked = Array.from(ids, check);
  return `'{${checked.join(',')}}'::uuid[]`;
}

function uuid(id: string): string {
  return `'${check(id)}'::uuid`;
}

/** @throws TypeError */
function check(id: string): string {
  if (!UUID.test(id)) throw new TypeError(`“${id}” is no uuid.`);
  return id;
}

/** Quotes a text without escapes, as standard_conforming_strings reads it. */
function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/**
 * Reads the order of a package's matching assets page by page, with keyset pagination: each statement starts after
 * an asset and follows the index of the sort order. No statement reads a whole package.
 */

import type { ReviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import { Parameters } from '@ingesthub/schema/values/sql-text.ts';
import { type AssetFilter, assetCondition, type FilterFacts } from './asset-filter.ts';
import { tilesText } from './assets.ts';

/** A part of an order in which all sort columns are known and share an index. Segments end to end make up an order. */
export interface OrderSegment {
  /** A condition without parameters; null means the whole package. */
  readonly where: string | null;
  readonly columns: readonly string[];
  readonly descending: boolean;
}

/** The order of the buttons, not the alphabetical one. */
const statusOrder: readonly ReviewStatus[] = ['approved', 'rejected', 'flagged', 'unreviewed'];

/** Splits an order into segments. Unknown values come last in both directions, by name; the id breaks ties. */
export function orderSegments(filter: AssetFilter): OrderSegment[] {
  const { sort, descending, reviewStatuses } = filter;
  const byName = (where: string | null, down = descending): OrderSegment => ({
    where,
    columns: ['name'],
    descending: down,
  });
  switch (sort) {
    case 'name':
      // With a single status, the index on status and name has the names in order.
      return [byName(reviewStatuses.length === 1 ? `review_status = '${reviewStatuses[0]}'` : null)];
    case 'date':
      return [{ where: null, columns: ['modified_at'], descending }];
    case 'size':
      return [{ where: null, columns: ['size_bytes'], descending }];
    case 'duration':
      return [
        { where: 'duration_seconds IS NOT NULL', columns: ['duration_seconds'], descending },
        byName('duration_seconds IS NULL', false),
      ];
    case 'pose':
      return [
        { where: 'yaw IS NOT NULL AND pitch IS NOT NULL', columns: ['yaw', 'pitch'], descending },
        byName('(yaw IS NULL OR pitch IS NULL)', false),
      ];
    case 'status': {
      const asked = statusOrder.filter((status) => reviewStatuses.length === 0 || reviewStatuses.includes(status));
      const statuses = descending ? asked.toReversed() : asked;
      return statuses.map((status) => byName(`review_status = '${status}'`, false));
    }
  }
}

/** Returns the columns of `assets` that an order depends on: changes in other columns do not affect it. */
export function orderColumns(filter: AssetFilter): string[] {
  const sorted = { name: [], date: ['modified_at'], size: ['size_bytes'], duration: ['duration_seconds'] };
  const sortColumns = { ...sorted, pose: ['yaw', 'pitch'], status: ['review_status'] }[filter.sort];
  return [
    'name',
    'deleted_at',
    ...sortColumns,
    ...(filter.fileTypes.length > 0 ? ['file_type'] : []),
    ...(filter.assetTypes.length > 0 ? ['asset_type'] : []),
    ...(filter.reviewStatuses.length > 0 ? ['review_status'] : []),
    ...(filter.pickedUp === null ? [] : ['picked_up_at']),
    ...(filter.subjects.length > 0 ? ['subject_id'] : []),
    ...(filter.cameras.length > 0 ? ['camera'] : []),
    ...(filter.sizeBytes === null ? [] : ['size_bytes']),
    ...(filter.durationSeconds === null ? [] : ['duration_seconds']),
    ...(filter.pose === null ? [] : ['yaw', 'pitch']),
    ...(filter.problem ? ['problem'] : []),
    ...(filter.sidecars ? [] : ['sidecar_of']),
    ...(filter.text === '' ? [] : ['folder']),
  ];
}

export interface PageRequest {
  readonly packageId: string;
  readonly filter: AssetFilter;
  readonly facts: FilterFacts;
  readonly segment: OrderSegment;
  /** The id of the asset before the page; null starts at the beginning of the segment. */
  readonly after: string | null;
  readonly limit: number;
}

export interface PageRow {
  /** Concatenated uuids; null when no asset matches. */
  readonly ids: string | null;
}

/** One {@link PageRow}: the next `limit` matching assets, however many others lie in between. */
export function matchingPage(request: PageRequest): Statement {
  const parameters = new Parameters();
  return {
    text: `SELECT string_agg(id::text, '') AS ids FROM (${pageText(request, parameters)}) AS page`,
    values: parameters.values,
  };
}

/** {@link AssetTile} rows of the next `limit` matching assets, in no order. */
export function matchingTiles(request: PageRequest): Statement {
  const parameters = new Parameters();
  return { text: tilesText(`assets.id IN (${pageText(request, parameters)})`), values: parameters.values };
}

function pageText(request: PageRequest, parameters: Parameters): string {
  const scope = scopeText(request, parameters);
  const condition = assetCondition(request.packageId, request.filter, request.facts, parameters);
  return `SELECT id FROM assets WHERE ${scope} AND ${condition} ${tailText(request, parameters)}`;
}

export interface SliceRow extends PageRow {
  /** The number of assets examined: fewer than `limit` at the end of the segment. */
  readonly examined: number;
  /** The id of the last examined asset; null when none was left. */
  readonly last: string | null;
}

/** One {@link SliceRow}: the matches among the next `limit` assets, which takes equally long for every filter. */
export function examinedSlice(request: PageRequest): Statement {
  const parameters = new Parameters();
  const scope = scopeText(request, parameters);
  const condition = assetCondition(request.packageId, request.filter, request.facts, parameters);
  return {
    text: `
      SELECT
        string_agg(id::text, '') FILTER (WHERE matches) AS ids,
        count(*)::integer AS examined,
        right(string_agg(id::text, ''), 36) AS last
      FROM (SELECT id, (${condition}) AS matches FROM assets WHERE ${scope} ${tailText(request, parameters)}) AS slice`,
    values: parameters.values,
  };
}

function scopeText({ packageId, segment, after }: PageRequest, parameters: Parameters): string {
  const conditions = [`package_id = ${parameters.add(packageId)}::uuid`, 'deleted_at IS NULL'];
  if (segment.where !== null) conditions.push(segment.where);
  if (after !== null) {
    const id = `${parameters.add(after)}::uuid`;
    const place = segment.columns.map((column) => `(SELECT ${column} FROM assets WHERE id = ${id})`);
    const comparison = segment.descending ? '<' : '>';
    conditions.push(`(${segment.columns.join(', ')}, id) ${comparison} (${place.join(', ')}, ${id})`);
  }
  return conditions.join(' AND ');
}

function tailText({ segment, limit }: PageRequest, parameters: Parameters): string {
  const direction = segment.descending ? 'DESC' : 'ASC';
  const order = [...segment.columns, 'id'].map((column) => `${column} ${direction}`).join(', ');
  return `ORDER BY ${order} LIMIT ${parameters.add(limit)}::integer`;
}

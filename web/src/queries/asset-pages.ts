/**
 * The order of a package's matching assets, a piece at a time, by keyset: each statement begins after
 * an asset, and runs along the index of the sort. Nothing here reads a package at once.
 */
import type { Statement } from '@ingesthub/schema/mutators/mutator.ts';
import { Parameters } from '@ingesthub/schema/sql-text.ts';
import type { ReviewStatus } from '@ingesthub/schema/vocabulary.ts';
import { type AssetFilter, assetCondition, type FilterFacts } from './asset-filter.ts';
import { tilesText } from './assets.ts';

/** A part of an order whose sort columns are all known and lie in one index; an order is its segments end to end. */
export interface OrderSegment {
  /** A condition without parameters; null: the whole package. */
  readonly where: string | null;
  readonly columns: readonly string[];
  readonly descending: boolean;
}

/** In the order of their buttons, not of their letters. */
const statusOrder: readonly ReviewStatus[] = ['approved', 'rejected', 'flagged', 'unreviewed'];

/** Unknown values come last both ways round, by name. The id breaks ties, so that an order is the same each time. */
export function orderSegments(filter: AssetFilter): OrderSegment[] {
  const { sort, descending, reviewStatuses } = filter;
  const byName = (where: string | null, down = descending): OrderSegment => ({
    where,
    columns: ['name'],
    descending: down,
  });
  switch (sort) {
    case 'name':
      // One status: its index has the names in order.
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

/** Columns of `assets` that an order depends on: a change of others leaves it alone. */
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
    ...(filter.text === '' ? [] : ['folder']),
  ];
}

export interface PageRequest {
  readonly packageId: string;
  readonly filter: AssetFilter;
  readonly facts: FilterFacts;
  readonly segment: OrderSegment;
  /** The id of the asset that it begins after; null: at the segment's start. */
  readonly after: string | null;
  readonly limit: number;
}

export interface PageRow {
  /** Uuids end to end; null: none matches. */
  readonly ids: string | null;
}

/** One {@link PageRow}: the next `limit` matching assets, however far away they are. */
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
  /** How many assets were gone through: fewer than `limit` at the segment's end. */
  readonly examined: number;
  /** The last of those; null: there was none. */
  readonly last: string | null;
}

/** One {@link SliceRow}: those of the next `limit` assets that match, so that it takes as long whatever the filter is. */
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

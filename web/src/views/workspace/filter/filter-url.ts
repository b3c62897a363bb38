/** Keeps the filter in the address, so that links share it and a reload keeps it. Unknown values are ignored. */
import { assetType, fileType, reviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
import { z } from 'zod';
import { type AssetFilter, assetSort, type Range } from '../../../queries/asset-filter.ts';

type Search = Readonly<Record<string, string | string[] | undefined>>;

/** All parameters, absent ones as null or an empty list, as the router needs to drop previous values. */
export type FilterSearch = Record<
  | 'file_type'
  | 'asset_type'
  | 'review'
  | 'picked_up'
  | 'subject'
  | 'camera'
  | 'tag'
  | 'size'
  | 'duration'
  | 'yaw'
  | 'pitch'
  | 'problem'
  | 'sidecars'
  | 'text'
  | 'q'
  | 'sort'
  | 'order',
  string | string[] | null
>;

/** Represents null in a list, as ids and cameras are never empty. */
const UNKNOWN = '';

export function parseFilter(search: Search): AssetFilter {
  const yaw = parseRange(search['yaw']);
  const pitch = parseRange(search['pitch']);
  return {
    fileTypes: known(fileType, search['file_type']),
    assetTypes: known(assetType, search['asset_type']),
    reviewStatuses: known(reviewStatus, search['review']),
    pickedUp: { yes: true, no: false }[list(search['picked_up'])[0] ?? ''] ?? null,
    subjects: known(z.union([z.uuid(), z.literal(UNKNOWN)]), search['subject']).map((id) =>
      id === UNKNOWN ? null : id,
    ),
    cameras: unique(list(search['camera'])).map((camera) => (camera === UNKNOWN ? null : camera)),
    tags: unique(list(search['tag'])).filter((tag) => tag !== ''),
    sizeBytes: parseRange(search['size']),
    durationSeconds: parseRange(search['duration']),
    pose:
      yaw?.from != null && yaw.to != null && pitch?.from != null && pitch.to != null
        ? { yaw: [yaw.from, yaw.to], pitch: [pitch.from, pitch.to] }
        : null,
    problem: list(search['problem'])[0] === 'yes',
    sidecars: list(search['sidecars'])[0] === 'yes',
    text: list(search['q'])[0] ?? list(search['text'])[0] ?? '',
    sort: known(assetSort, search['sort'])[0] ?? 'name',
    descending: list(search['order'])[0] === 'descending',
  };
}

export function formatFilter(filter: AssetFilter): FilterSearch {
  const { pose } = filter;
  return {
    file_type: filter.fileTypes,
    asset_type: filter.assetTypes,
    review: filter.reviewStatuses,
    picked_up: filter.pickedUp === null ? null : filter.pickedUp ? 'yes' : 'no',
    subject: filter.subjects.map((id) => id ?? UNKNOWN),
    camera: filter.cameras.map((camera) => camera ?? UNKNOWN),
    tag: filter.tags,
    size: formatRange(filter.sizeBytes),
    duration: formatRange(filter.durationSeconds),
    yaw: pose && formatRange({ from: pose.yaw[0], to: pose.yaw[1] }),
    pitch: pose && formatRange({ from: pose.pitch[0], to: pose.pitch[1] }),
    problem: filter.problem ? 'yes' : null,
    sidecars: filter.sidecars ? 'yes' : null,
    text: null,
    q: filter.text === '' ? null : filter.text,
    sort: filter.sort === 'name' ? null : filter.sort,
    order: filter.descending ? 'descending' : null,
  };
}

/** Parses '10..20', '10..' or '..20'; returns null for anything else. */
function parseRange(value: string | string[] | undefined): Range | null {
  const [, from, to] = /^(-?[\d.]*)\.\.(-?[\d.]*)$/.exec(list(value)[0] ?? '') ?? [];
  const number = (text: string | undefined) => (text && Number.isFinite(Number(text)) ? Number(text) : null);
  const range = { from: number(from), to: number(to) };
  return range.from === null && range.to === null ? null : range;
}

function formatRange(range: Range | null): string | null {
  return range && `${range.from ?? ''}..${range.to ?? ''}`;
}

function list(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}

function known<Value extends string>(schema: z.ZodType<Value>, value: string | string[] | undefined): Value[] {
  return unique(list(value).flatMap((text) => schema.safeParse(text).data ?? []));
}

/** The rows of the search page. */

import { PACKAGE_KINDS } from '@ingesthub/schema/library/package-kinds.ts';
import type { SearchRow } from '@ingesthub/schema/replica/search.ts';
import type { FoundAssetRow } from '../../queries/search/asset-search.ts';
import type { Thing } from '../../queries/search/library-names.ts';
import { matchParts } from '../../queries/search/match-parts.ts';
import type { ThingFactsRow } from '../../queries/search/thing-facts.ts';
import { formatBytes, formatCountOf, formatDuration } from '../../ui/format.ts';
import type { IconName } from '../../ui/icon.tsx';
import { thumbnailSource } from '../workspace/tile/preview-source.ts';
import { assetAddress, folderAddress, thingAddress, thingIcon } from './thing-address.ts';

export interface ResultItem {
  /** Unique on the page. */
  readonly key: string;
  readonly address: string;
  readonly icon: IconName;
  /** The address of a picture that stands in place of the icon. */
  readonly picture: string | null;
  readonly name: string;
  readonly place: string;
  readonly facts: string;
  /** Whether its name says what it does, and was not searched. */
  readonly isCommand?: boolean;
}

const joined = (parts: readonly (string | null | undefined)[], separator = ' · ') =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join(separator);

/** Names that explain why a thing was found. */
const EXPLAINED = 2;

/**
 * @param facts undefined: not known yet.
 * @param text the text that was searched for.
 */
export function thingItem(thing: Thing, facts: ThingFactsRow | undefined, text: string): ResultItem {
  const { kind, place, packageType, assetCount } = thing;
  const assets = assetCount ?? facts?.asset_count;
  const packages = kind === 'projects' || kind === 'subjects' ? facts?.package_count : undefined;
  return {
    key: `${kind} ${thing.id}`,
    address: thingAddress(thing),
    icon: thingIcon(thing),
    picture: null,
    name: thing.name,
    place: joined([
      place.join(' / '),
      packageType && PACKAGE_KINDS[packageType].label,
      packages === undefined ? null : formatCountOf(packages, 'package'),
      ...thing.related
        .filter(({ name }) => matchParts(name, text).some(({ isMatch }) => isMatch))
        .slice(0, EXPLAINED)
        .map(({ how, name }) => `${how} ${name}`),
    ]),
    facts: assets === undefined ? '' : formatCountOf(assets, 'asset'),
  };
}

export function assetItem(row: FoundAssetRow): ResultItem {
  const length = row.duration_seconds === null ? formatBytes(row.size_bytes) : formatDuration(row.duration_seconds);
  return {
    key: `assets ${row.id}`,
    address: assetAddress(row.package_id, row.folder_path, row.name),
    icon: row.file_type,
    picture: thumbnailSource(row),
    name: row.name,
    place: joined([row.project_name, row.package_name, ...(row.folder_path ?? '').split('/')], ' / '),
    facts: joined([row.asset_type, length, row.review_status === 'unreviewed' ? null : row.review_status]),
  };
}

/** @param row a folder or an asset that is on the server only. */
export function serverItem(kind: 'folders' | 'assets', row: SearchRow): ResultItem {
  const packageId = row.package_id ?? '';
  const isFolder = kind === 'folders';
  return {
    key: `server ${kind} ${row.id}`,
    address: isFolder ? folderAddress(packageId, row.name) : assetAddress(packageId, row.folder_path, row.name),
    icon: isFolder ? 'folder' : (row.file_type ?? 'other'),
    picture: null,
    name: row.name,
    place: joined([row.project_name, row.package_name, row.folder_path], ' / '),
    facts: isFolder ? 'folder' : (row.file_type ?? ''),
  };
}

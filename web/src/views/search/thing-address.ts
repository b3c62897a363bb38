/** Where a thing that was found leads to, and how it is drawn. */

import { filterQuery } from '../../queries/address/filter-url.ts';
import { emptyAssetFilter } from '../../queries/asset-filter.ts';
import type { Thing, ThingKind } from '../../queries/search/library-names.ts';
import type { IconName } from '../../ui/icon.tsx';
import { holdsClips } from '../packages/holds-clips.ts';

export const kindNames: Record<ThingKind | 'assets', { readonly one: string; readonly many: string }> = {
  projects: { one: 'Project', many: 'Projects' },
  subjects: { one: 'Subject', many: 'Subjects' },
  packages: { one: 'Package', many: 'Packages' },
  filters: { one: 'Saved filter', many: 'Saved filters' },
  folders: { one: 'Folder', many: 'Folders' },
  assets: { one: 'Asset', many: 'Assets' },
  tags: { one: 'Tag', many: 'Tags' },
};

const kindIcons: Record<ThingKind, IconName> = {
  projects: 'project',
  subjects: 'subject',
  packages: 'package',
  filters: 'filter',
  folders: 'folder',
  tags: 'tag',
};

export function thingIcon({ kind, packageType }: Thing): IconName {
  if (kind !== 'packages') return kindIcons[kind];
  return packageType !== null && holdsClips(packageType) ? 'clips' : 'faces';
}

/** Returns the address within the app. A folder opens its package, filtered to it. */
export function thingAddress({ kind, id, packageId, path }: Thing): string {
  switch (kind) {
    case 'projects':
      return `/projects/${id}`;
    case 'subjects':
      return `/subjects/${id}`;
    case 'packages':
      return `/packages/${id}`;
    case 'folders':
      return folderAddress(packageId ?? '', path ?? '');
    case 'filters':
      return path ?? '/';
    case 'tags':
      return filteredAddress('/assets', `tag:${quoted(id)}`);
  }
}

export function folderAddress(packageId: string, path: string): string {
  return filteredAddress(`/packages/${packageId}`, quoted(`${path}/`));
}

/** Returns the address of a package, filtered to one asset. */
export function assetAddress(packageId: string, folder: string | null, name: string): string {
  const path = folder ? `${folder}/${name}` : name;
  return filteredAddress(`/packages/${packageId}`, `${quoted(path)} sidecar:any`);
}

/** Returns the address of all assets on this device that the query field finds with a text. */
export function allAssetsAddress(text: string): string {
  return filteredAddress('/assets', `${text.split(/\s+/).filter(Boolean).map(quoted).join(' ')} sidecar:any`);
}

function filteredAddress(path: string, text: string): string {
  return `${path}${filterQuery({ ...emptyAssetFilter, text })}`;
}

/** Keeps the query field from reading a text as more than words. */
function quoted(text: string): string {
  return /^[\p{L}\p{N}_./#][\p{L}\p{N}_./#-]*$/u.test(text) && text.toLowerCase() !== 'or'
    ? text
    : `"${text.replaceAll('"', '\\"')}"`;
}

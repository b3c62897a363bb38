/** The address that a search result links to, and the description of its location. */
import type { SearchKind, SearchRow } from '@ingesthub/schema/replica/search.ts';
import { emptyAssetFilter } from '../../queries/asset-filter.ts';
import { formatFilter } from '../workspace/filter/filter-url.ts';

/** Returns the address within the app. Folders and files open their package, filtered to them. */
export function resultAddress(kind: SearchKind, row: SearchRow): string {
  if (row.package_id === null) return `/projects/${row.project_id}`;
  if (kind === 'packages') return `/packages/${row.package_id}`;
  const text = kind === 'folders' ? `${row.name}/` : relativePath(row);
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(formatFilter({ ...emptyAssetFilter, text }))) {
    for (const one of [value ?? []].flat()) search.append(name, one);
  }
  return `/packages/${row.package_id}?${search}`;
}

export function describePlace(kind: SearchKind, row: SearchRow): string {
  const parts: Record<SearchKind, (string | null)[]> = {
    projects: [],
    subjects: [row.project_name],
    packages: [row.project_name],
    folders: [row.project_name, row.package_name],
    assets: [row.project_name, row.package_name, row.folder_path],
  };
  return parts[kind].filter((part) => part !== null && part !== '').join(' / ');
}

function relativePath(row: SearchRow): string {
  return row.folder_path ? `${row.folder_path}/${row.name}` : row.name;
}

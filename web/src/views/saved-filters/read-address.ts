/** Which list of assets an address within the app shows. */
import { validate } from 'uuid';
import { parseFilter } from '../../queries/address/filter-url.ts';
import type { AssetFilter } from '../../queries/asset-filter.ts';
import type { Scope } from '../../replica/model/mirror-questions.ts';

const kinds = { packages: 'package', projects: 'project', subjects: 'subject' } as const;

/** @returns null where the page lists something else. */
export function readAddress(address: string): { readonly scope: Scope; readonly filter: AssetFilter } | null {
  const [path = '', query = ''] = address.split('?');
  const search = new URLSearchParams(query);
  const scope = scopeOf(path);
  if (scope === null) return null;
  return { scope, filter: parseFilter(Object.fromEntries([...search.keys()].map((key) => [key, search.getAll(key)]))) };
}

function scopeOf(path: string): Scope | null {
  if (path === '/assets') return { kind: 'library' };
  const [, kind = '', id = '', tab] = /^\/(\w+)\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
  if (!Object.hasOwn(kinds, kind) || !validate(id)) return null;
  // Projects and subjects list their assets in a tab.
  if ((tab === 'assets') === (kind === 'packages')) return null;
  return { kind: kinds[kind as keyof typeof kinds], id };
}

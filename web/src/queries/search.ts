/** The live query behind a search on this device. */
import { type SearchCursor, type SearchKind, searchStatement } from '@ingesthub/schema/replica/search.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

/** At most `limit` `SearchRow` rows; null when the text is too short to search for. */
export function searchQuery(
  kind: SearchKind,
  text: string,
  page: { after: SearchCursor | null; limit: number },
): LiveQueryInput | null {
  const statement = searchStatement(kind, text, { ...page, projects: null });
  if (statement === null) return null;
  return {
    reads: [
      { table: kind, ...(kind === 'assets' ? { columns: ['name', 'deleted_at', 'folder', 'modified_at'] } : {}) },
      { table: 'packages', columns: ['name', 'deleted_at'] },
      { table: 'projects', columns: ['name', 'deleted_at'] },
    ],
    statement,
  };
}

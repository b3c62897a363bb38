/** Saved filters: named addresses within the app, shared by all users. */
import type { SavedFilterRow } from '@ingesthub/schema/library/rows.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

export type SavedFilterListRow = Pick<SavedFilterRow, 'id' | 'name' | 'address'> & {
  /** Whether the filter belongs to the page that the query was made for. */
  readonly here: boolean;
};

/** {@link SavedFilterListRow} rows, those of this page first, by name. @param path '/packages/…' */
export function savedFiltersQuery(path: string): LiveQueryInput {
  return {
    reads: [{ table: 'saved_filters' }],
    statement: {
      text: `
        SELECT id, name, address, split_part(address, '?', 1) = $1 AS here FROM saved_filters
        WHERE deleted_at IS NULL
        ORDER BY here DESC, lower(name), id`,
      values: [path],
    },
  };
}

/** Saved filters: addresses of the app under names, for everybody. */
import type { SavedFilterRow } from '@ingesthub/schema/rows.ts';
import type { LiveQueryInput } from '../replica/create-live-query.ts';

export type SavedFilterListRow = Pick<SavedFilterRow, 'id' | 'name' | 'address'> & {
  /** Whether it shows the same page as the address that was asked with. */
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

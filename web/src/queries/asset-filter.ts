/** The filter of a list's assets: the text of the query field, and the order. */
import { z } from 'zod';

export const assetSort = z.enum(['name', 'date', 'size', 'duration', 'pose', 'sharpness', 'status']);
export type AssetSort = z.infer<typeof assetSort>;

export interface AssetFilter {
  /** The query field's text; see `query/`. */
  readonly text: string;
  readonly sort: AssetSort;
  readonly descending: boolean;
}

export const emptyAssetFilter: AssetFilter = { text: '', sort: 'name', descending: false };

/** Returns true when the filter asks for something else than the usual list. A sort order alone does not. */
export function isFiltering({ text }: AssetFilter): boolean {
  return text.trim() !== '';
}

/** The parts of the library that this device follows, with their positions, for the sync page. */
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

export interface FollowedPartRow {
  /** The part's name, and its project or package: 'assets?project=…'. */
  readonly reference: string;
  /** The name of the project or package that the part belongs to; null for a part of the whole library. */
  readonly of_name: string | null;
  readonly log_offset: string;
  readonly handle: string | null;
  readonly up_to_date_at: Date | null;
  readonly loaded_rows: number;
}

/** {@link FollowedPartRow} rows by name. No table read triggers it: refresh it with the status. */
export function followedPartsQuery(): LiveQueryInput {
  return {
    reads: [],
    statement: {
      text: `
        SELECT reference, coalesce(projects.name, packages.name) AS of_name, log_offset, handle, up_to_date_at, loaded_rows
        FROM replica.shapes
        LEFT JOIN projects ON projects.id::text = split_part(reference, '?project=', 2)
        LEFT JOIN packages ON packages.id::text = split_part(reference, '?package=', 2)
        ORDER BY of_name NULLS FIRST, reference`,
      values: [],
    },
  };
}

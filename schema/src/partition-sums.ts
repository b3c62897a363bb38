/**
 * Counts and checksums of a shape's rows, package by package, by which the audit tells whether a replica
 * holds what the server holds. Both sides compute them with the same SQL.
 */
import { z } from 'zod';
import type { ShapeDefinition } from './shapes.ts';

export const partitionSum = z.object({
  /** Null: the shape's rows belong to no package. */
  package_id: z.uuid().nullable(),
  count: z.number().int(),
  /** A whole number of any length, as text; the order of the rows does not matter. */
  checksum: z.string(),
});
export type PartitionSum = z.infer<typeof partitionSum>;

/** `GET /api/audit?shape=<reference>` */
export const auditAnswer = z.object({
  /** Every change of a transaction below this WAL position is in the sums; one may be in the log a moment before it is seen. */
  complete_before: z.coerce.bigint(),
  /** No change of a transaction past this WAL position is in them. */
  nothing_after: z.coerce.bigint(),
  sums: z.array(partitionSum),
});
export type AuditAnswer = z.infer<typeof auditAnswer>;

/**
 * SQL that is the checksum of one row: of the values themselves, not of their text, so that no setting
 * of a session matters (time zone, digits of a float). These are the functions that partition tables by
 * hash, and as stable: the same on every Postgres since 14 on little-endian machines, WebAssembly too.
 *
 * @param row the name by which the query knows the row.
 */
export function rowHashSql({ columns }: ShapeDefinition, row: string): string {
  return `hash_record_extended(ROW (${columns.map((column) => `${row}.${column}`).join(', ')}), 0)`;
}

/** SQL for {@link PartitionSum}s of the rows that `source` selects. @param source a table, or a query in brackets. */
export function partitionSumsSql(shape: ShapeDefinition, source: string, where = 'true'): string {
  const packageId = packageColumn(shape);
  return `
    SELECT ${packageId ?? 'NULL::uuid'} AS package_id, count(*)::integer AS count,
      sum(${rowHashSql(shape, 'row')})::text AS checksum
    FROM ${source} AS row
    WHERE ${where}
    ${packageId === null ? 'HAVING count(*) > 0' : `GROUP BY ${packageId}`}`;
}

function packageColumn({ columns }: ShapeDefinition): string | null {
  return columns.includes('package_id') ? 'row.package_id' : null;
}

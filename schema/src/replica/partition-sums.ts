/**
 * Counts and checksums of a shape's rows per package, by which the audit compares a replica with the
 * server. Both sides compute them with the same SQL.
 */
import { z } from 'zod';
import type { ShapeDefinition } from '../library/shapes.ts';

export const partitionSum = z.object({
  /** Null when the shape's rows belong to no package. */
  package_id: z.uuid().nullable(),
  count: z.number().int(),
  /** An integer of any length, as text; independent of the order of the rows. */
  checksum: z.string(),
});
export type PartitionSum = z.infer<typeof partitionSum>;

/** `GET /api/audit?shape=<reference>` */
export const auditAnswer = z.object({
  /** The sums include every transaction below this WAL position; commits are in the log before they become visible. */
  complete_before: z.coerce.bigint(),
  /** The sums include no transaction past this WAL position. */
  nothing_after: z.coerce.bigint(),
  sums: z.array(partitionSum),
});
export type AuditAnswer = z.infer<typeof auditAnswer>;

/**
 * Returns SQL for the checksum of one row. It hashes values rather than their text, so session settings
 * (time zone, float digits) do not matter. Postgres partitions tables with the same hash functions, so they
 * are stable: equal on every Postgres since 14 on little-endian machines, including WebAssembly.
 *
 * @param row the row's alias in the query.
 */
export function rowHashSql({ columns }: ShapeDefinition, row: string): string {
  return `hash_record_extended(ROW (${columns.map((column) => `${row}.${column}`).join(', ')}), 0)`;
}

/** Returns SQL for the {@link PartitionSum}s of `source`. @param source a table or a query in parentheses. */
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

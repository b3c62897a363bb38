/** Describes the tables a read depends on, and decides whether a change of the replica may touch it. */
import type { ReplicaChange } from '../model/replica.ts';

export interface TableRead {
  /** A table of the library, whether read directly or through views and maintained counts. */
  readonly table: string;
  /** The only package whose rows are read; absent: any. */
  readonly packageId?: string;
  /** The columns that are read; absent: all. Added and deleted rows touch every read. */
  readonly columns?: readonly string[];
}

export function mayTouch(change: ReplicaChange, reads: readonly TableRead[]): boolean {
  return reads.some(({ table, packageId, columns }) => {
    const changed = change.tables.get(table);
    if (changed === undefined) return false;
    if (packageId !== undefined && changed.packages !== null && !changed.packages.has(packageId)) return false;
    if (columns === undefined || changed.columns === null) return true;
    return columns.some((column) => changed.columns?.has(column));
  });
}

/** Gathers the changes of commits for the views. */
import { shapes } from '@ingesthub/schema/library/shapes.ts';
import type { ReplicaChange, TableChange } from './replica.ts';

/** Above this many packages, a change counts as one to any package. */
const MAX_PACKAGES = 50;

export interface GatheredChanges extends ReplicaChange {
  add(table: string, change: TableChange): void;
}

export function gatherChanges(): GatheredChanges {
  const tables = new Map<string, TableChange>();
  return {
    tables,
    add(table, change) {
      tables.set(table, mergeTableChanges(tables.get(table), change));
    },
  };
}

/** Returns a change that may have touched any row. */
export function changeOfAnything(): ReplicaChange {
  return { tables: new Map(Object.values(shapes).map(({ table }) => [table, { packages: null, columns: null }])) };
}

/** Merges two changes into one that covers both. */
function mergeTableChanges(one: TableChange | undefined, other: TableChange): TableChange {
  const packages = one ? union(one.packages, other.packages) : other.packages;
  return {
    packages: packages !== null && packages.size > MAX_PACKAGES ? null : packages,
    columns: one ? union(one.columns, other.columns) : other.columns,
  };
}

function union(one: ReadonlySet<string> | null, other: ReadonlySet<string> | null): ReadonlySet<string> | null {
  return one === null || other === null ? null : new Set([...one, ...other]);
}

/** What commits changed, gathered for those who show it. */
import { shapes } from '@ingesthub/schema/shapes.ts';
import type { ReplicaChange, TableChange } from './replica.ts';

/** Above this many, a change is one of any package. */
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

/** For when nobody knows what has changed. */
export function changeOfAnything(): ReplicaChange {
  return { tables: new Map(Object.values(shapes).map(({ table }) => [table, { packages: null, columns: null }])) };
}

/** One change that covers both. */
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

/** Gathers the changes of commits for the views. */
import { shapes } from '@ingesthub/schema/library/shapes.ts';
import type { ChangedAssets, ReplicaChange, TableChange } from './replica.ts';

/** Above this many packages, a change counts as one to any package. */
const MAX_PACKAGES = 50;
/** Above this many assets, a change counts as one to any asset. */
export const MAX_ASSETS = 20_000;

const tablesOfAssets: ReadonlySet<string> = new Set(['assets', 'asset_tags']);

export interface GatheredChanges extends ReplicaChange {
  state?: string;
  add(table: string, change: TableChange): void;
}

export function gatherChanges(): GatheredChanges {
  const tables = new Map<string, TableChange>();
  return {
    tables,
    add(table, { packages, columns, assets }) {
      const change = { packages, columns, ...(assets && tablesOfAssets.has(table) && { assets }) };
      tables.set(table, mergeTableChanges(tables.get(table), change));
    },
  };
}

/** Returns a change that may have touched any row. */
export function changeOfAnything(): ReplicaChange {
  return { tables: new Map(Object.values(shapes).map(({ table }) => [table, { packages: null, columns: null }])) };
}

/** Up to this many changed assets are named to the tabs, which then read only those again. */
const FEW_ASSETS = 500;

/** Returns the change for the tabs: with the ids of a few changed assets, without those of many. */
export function changeForTabs({ tables }: ReplicaChange): ReplicaChange {
  const told = ([table, { packages, columns, assets }]: [string, TableChange]): [string, TableChange] => {
    const few = assets !== undefined && assets.ids.size <= FEW_ASSETS;
    return [table, { packages, columns, ...(few && { assets }) }];
  };
  return { tables: new Map([...tables].map(told)) };
}

/** Merges two changes into one that covers both. */
function mergeTableChanges(one: TableChange | undefined, other: TableChange): TableChange {
  const packages = one ? union(one.packages, other.packages) : other.packages;
  const assets = one ? mergeAssets(one.assets, other.assets) : mergeAssets(noAssets, other.assets);
  return {
    packages: packages !== null && packages.size > MAX_PACKAGES ? null : packages,
    columns: one ? union(one.columns, other.columns) : other.columns,
    ...(assets && { assets }),
  };
}

const noAssets: ChangedAssets = { ids: new Set(), packages: new Set() };

/** @returns undefined: any asset. */
function mergeAssets(one: ChangedAssets | undefined, other: ChangedAssets | undefined): ChangedAssets | undefined {
  if (one === undefined || other === undefined) return undefined;
  const ids = new Set([...one.ids, ...other.ids]);
  return ids.size > MAX_ASSETS ? undefined : { ids, packages: union(one.packages, other.packages) };
}

function union(one: ReadonlySet<string> | null, other: ReadonlySet<string> | null): ReadonlySet<string> | null {
  return one === null || other === null ? null : new Set([...one, ...other]);
}

/** Gathers, over a transaction, the units that must be rebuilt from server truth. */
import type { MutableTable } from '@ingesthub/schema/mutations/mutator.ts';

/**
 * Units of one table. A unit is the set of rows that belong to one of a mutation's `ids`: in `assets` one row,
 * in `asset_tags` all tags of an asset.
 */
export interface AffectedUnits {
  readonly ids: ReadonlySet<string>;
  /** The columns that may differ in existing rows; null: rows may also be added or deleted. */
  readonly columns: ReadonlySet<string> | null;
}

export interface GatheredUnits {
  readonly tables: ReadonlyMap<MutableTable, AffectedUnits>;
  add(table: MutableTable, ids: Iterable<string>, columns: readonly string[] | null): void;
}

export function gatherUnits(): GatheredUnits {
  const tables = new Map<MutableTable, { ids: Set<string>; columns: Set<string> | null }>();
  return {
    tables,
    add(table, ids, columns) {
      const units = tables.get(table) ?? { ids: new Set(), columns: new Set() };
      const before = units.ids.size;
      for (const id of ids) units.ids.add(id);
      if (units.ids.size === before && before === 0) return;
      if (columns === null) units.columns = null;
      else for (const column of columns) units.columns?.add(column);
      tables.set(table, units);
    },
  };
}

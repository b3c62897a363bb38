/** Counts how many unconfirmed mutations touch each unit, so that a change to the queue costs only its own ids. */
import { type MutableTable, mutableTables } from '@ingesthub/schema/mutations/mutator.ts';
import type { PendingMutation } from './outbox-rows.ts';

export interface TouchedUnits {
  has(table: MutableTable, id: string): boolean;
  idsOf(table: MutableTable): IterableIterator<string>;
  /** Returns the number of touched units in the table. */
  count(table: MutableTable): number;
  add(mutation: PendingMutation): void;
  /** @returns the mutation's ids that no other mutation touches. */
  remove(mutation: PendingMutation): string[];
}

export function countTouchedUnits(pending: readonly PendingMutation[]): TouchedUnits {
  const names = Object.keys(mutableTables) as MutableTable[];
  const counts = Object.fromEntries(names.map((table) => [table, new Map<string, number>()])) as Record<
    MutableTable,
    Map<string, number>
  >;
  const touched: TouchedUnits = {
    has: (table, id) => counts[table].has(id),
    idsOf: (table) => counts[table].keys(),
    count: (table) => counts[table].size,
    add({ table, mutation }) {
      const count = counts[table];
      for (const id of mutation.args.ids) count.set(id, (count.get(id) ?? 0) + 1);
    },
    remove({ table, mutation }) {
      const count = counts[table];
      return mutation.args.ids.filter((id) => {
        const left = (count.get(id) ?? 1) - 1;
        if (left > 0) count.set(id, left);
        else return count.delete(id);
        return false;
      });
    },
  };
  for (const mutation of pending) touched.add(mutation);
  return touched;
}

/** Rows that mutations of one client may name. */
import type { SeededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { v7 as uuid } from 'uuid';
import type { WatchedTable } from './library-state.ts';

interface KnownRow {
  readonly id: string;
  /** The client that made it and may not have sent it yet; null: it is at the server. */
  readonly maker: string | null;
}

export interface KnownRows {
  /** At least one; it is nobody's when there are none. Some of them may be gone, or not at the server yet. */
  ids(table: WatchedTable): string[];
  /** Those that are at the server, or were made by this client itself. */
  certain(table: WatchedTable): string[];
}

/** How often a client names a row that only another client has. */
const HEARSAY = 0.1;
/** How many rows that are gone are remembered. */
const MOST_GONE = 2;

export class RowRegister {
  readonly #rows = new Map<WatchedTable, KnownRow[]>();

  add(table: WatchedTable, id: string, maker: string | null): void {
    this.#rows.set(table, [...(this.#rows.get(table) ?? []), { id, maker }]);
  }

  /** Everything has come to rest: these rows are there, and the others are gone. */
  settle(present: Iterable<readonly [WatchedTable, string]>): void {
    const before = new Map([...this.#rows].map(([table, rows]) => [table, rows.map(({ id }) => id)]));
    this.#rows.clear();
    for (const [table, id] of present) this.add(table, id, null);
    for (const [table, ids] of before) {
      const there = new Set(this.#rows.get(table)?.map(({ id }) => id));
      for (const id of ids.filter((one) => !there.has(one)).slice(0, MOST_GONE)) this.add(table, id, null);
    }
  }

  of(client: string, random: SeededRandom): KnownRows {
    const oneAtLeast = (ids: string[]) => (ids.length > 0 ? ids : [uuid()]);
    const all = (table: WatchedTable) => (this.#rows.get(table) ?? []).map(({ id }) => id);
    const certain = (table: WatchedTable) =>
      (this.#rows.get(table) ?? []).filter(({ maker }) => maker === null || maker === client).map(({ id }) => id);
    return {
      certain,
      ids: (table) => oneAtLeast(random.next() < HEARSAY ? all(table) : certain(table)),
    };
  }
}

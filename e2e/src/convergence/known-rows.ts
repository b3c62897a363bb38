/** Keeps track of the rows that the mutations of a client may name. */
import type { SeededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { v7 as uuid } from 'uuid';
import type { WatchedTable } from './library-state.ts';

interface KnownRow {
  readonly id: string;
  /** The client that created the row and may not have sent it yet; null when the server has the row. */
  readonly maker: string | null;
}

export interface KnownRows {
  /** At least one id, a random one if no row exists. Some rows may be gone, or not on the server yet. */
  ids(table: WatchedTable): string[];
  /** The rows on the server, and those created by this client itself. */
  certain(table: WatchedTable): string[];
}

/** The probability that a client may name rows that only another client has. */
const HEARSAY = 0.1;
/** The number of removed rows to remember per table. */
const MOST_GONE = 2;

export class RowRegister {
  readonly #rows = new Map<WatchedTable, KnownRow[]>();

  add(table: WatchedTable, id: string, maker: string | null): void {
    this.#rows.set(table, [...(this.#rows.get(table) ?? []), { id, maker }]);
  }

  /** Call at rest: these rows exist, and all others are gone. */
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

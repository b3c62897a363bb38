/** The tables that requests named, remembered so that a request costs no query, and held against the database. */
import type { Sql } from 'postgres';
import type { TableName } from './identifiers.ts';
import { publishTable } from './publication.ts';
import { loadTables, type Table } from './table.ts';

export class TableCatalog {
  readonly #sql: Sql;
  readonly #publication: string;
  readonly #onChange: (before: Table) => void;
  readonly #tables = new Map<string, Table>();
  readonly #doubtful = new Set<string>();

  /** @param onChange hears of a table that is not what it was, or is gone. */
  constructor(sql: Sql, publication: string, onChange: (before: Table) => void) {
    this.#sql = sql;
    this.#publication = publication;
    this.#onChange = onChange;
  }

  /** From memory when it is there. */
  async get(name: TableName): Promise<Table | null> {
    const known = this.#doubtful.has(keyOf(name)) ? null : this.#tables.get(keyOf(name));
    return known ?? (await this.load(name));
  }

  async load(name: TableName): Promise<Table | null> {
    this.#doubtful.delete(keyOf(name));
    const [table] = await loadTables(this.#sql, this.#publication, [name]);
    return this.#remember(name, table ?? null);
  }

  /** Sees to it that the table's changes reach the engine. @returns the table as it is then; null when it is gone. */
  async publish(name: TableName, signal: AbortSignal): Promise<Table | null> {
    const known = this.#tables.get(keyOf(name));
    if (known && known.publication !== null && known.identity_full) return known;
    return this.#remember(name, await publishTable(this.#sql, this.#publication, name, signal));
  }

  /**
   * Looks all of them up again. What no log tells is found here: a dropped table, one taken out of the
   * publication, one altered and not written to since.
   */
  async refresh(): Promise<void> {
    const before = [...this.#tables.values()];
    const now = await loadTables(this.#sql, this.#publication, before);
    for (const table of before) {
      // Else it was looked up anew while the query ran.
      if (this.#tables.get(keyOf(table)) === table)
        this.#remember(table, now.find((candidate) => keyOf(candidate) === keyOf(table)) ?? null);
    }
  }

  /** The next request looks it up. */
  doubt(name: TableName): void {
    this.#doubtful.add(keyOf(name));
  }

  clear(): void {
    this.#tables.clear();
    this.#doubtful.clear();
  }

  #remember(name: TableName, table: Table | null): Table | null {
    const before = this.#tables.get(keyOf(name));
    if (before && JSON.stringify(before) === JSON.stringify(table)) return before;
    if (table) this.#tables.set(keyOf(name), table);
    else this.#tables.delete(keyOf(name));
    if (before) this.#onChange(before);
    return table;
  }
}

function keyOf({ schema, name }: TableName): string {
  return JSON.stringify([schema, name]);
}

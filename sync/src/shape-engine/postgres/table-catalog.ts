/** Tables named by requests, cached so that a request costs no query, and compared with the database. */
import type { Sql } from 'postgres';
import type { TableName } from './identifiers.ts';
import { publishTable } from './publication.ts';
import { loadTables, type Table } from './table.ts';

export interface TableCatalogOptions {
  readonly sql: Sql;
  readonly publication: string;
  /** Ends attempts to publish a table. */
  readonly signal: AbortSignal;
  /** Receives a table that changed or was dropped. */
  onChange(before: Table): void;
}

export class TableCatalog {
  readonly #options: TableCatalogOptions;
  readonly #tables = new Map<string, Table>();
  readonly #doubtful = new Set<string>();
  readonly #publishing = new Map<string, Promise<Table | null>>();

  constructor(options: TableCatalogOptions) {
    this.#options = options;
  }

  /** Returns the cached table if possible. */
  async get(name: TableName): Promise<Table | null> {
    const known = this.#doubtful.has(keyOf(name)) ? null : this.#tables.get(keyOf(name));
    return known ?? (await this.load(name));
  }

  async load(name: TableName): Promise<Table | null> {
    this.#doubtful.delete(keyOf(name));
    const [table] = await loadTables(this.#options.sql, this.#options.publication, [name]);
    return this.#remember(name, table ?? null);
  }

  /** Ensures that the table's changes reach the engine. @returns the table's new state; null when it is gone. */
  async publish(name: TableName): Promise<Table | null> {
    const key = keyOf(name);
    const known = this.#tables.get(key);
    if (known && known.publication !== null && known.identity_full) return known;
    const { sql, publication, signal } = this.#options;
    // Concurrent callers share one attempt, since each attempt waits for the table's writers.
    const attempt = this.#publishing.get(key) ?? publishTable(sql, publication, name, signal);
    this.#publishing.set(key, attempt);
    try {
      return this.#remember(name, await attempt);
    } finally {
      this.#publishing.delete(key);
    }
  }

  /**
   * Reloads all tables. Detects changes that no log reports: a dropped table, one removed from the publication, or one
   * altered and not written to since.
   */
  async refresh(): Promise<void> {
    const before = [...this.#tables.values()];
    const now = await loadTables(this.#options.sql, this.#options.publication, before);
    for (const table of before) {
      // Otherwise the table was reloaded while the query ran.
      if (this.#tables.get(keyOf(table)) === table)
        this.#remember(table, now.find((candidate) => keyOf(candidate) === keyOf(table)) ?? null);
    }
  }

  /** Makes the next request reload the table. */
  doubt(name: TableName): void {
    this.#doubtful.add(keyOf(name));
  }

  #remember(name: TableName, table: Table | null): Table | null {
    const before = this.#tables.get(keyOf(name));
    if (before && JSON.stringify(before) === JSON.stringify(table)) return before;
    if (table) this.#tables.set(keyOf(name), table);
    else this.#tables.delete(keyOf(name));
    if (before) this.#options.onChange(before);
    return table;
  }
}

function keyOf({ schema, name }: TableName): string {
  return JSON.stringify([schema, name]);
}

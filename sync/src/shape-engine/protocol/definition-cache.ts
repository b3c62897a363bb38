/** Caches definitions of requests: every live poll repeats its own, and a where costs parsing and a query. */
import type { Sql } from 'postgres';
import type { Table } from '../postgres/table.ts';
import type { TableCatalog } from '../postgres/table-catalog.ts';
import { type Canonicalise, canonicaliseWith } from '../where/canonicalise.ts';
import { type DefineResult, defineShape, type RequestErrors, type ShapeDefinition } from './shape-definition.ts';
import type { ShapeRequest } from './shape-request.ts';

const REMEMBERED = 2_000;
/** Any GET fits; a POST may hold megabytes and is not repeated often. */
const MAX_KEY_CHARACTERS = 32 * 1024;

export class DefinitionCache {
  readonly #catalog: TableCatalog;
  readonly #canonicalise: Canonicalise;
  /** By the defining parts of a request, oldest first. */
  readonly #known = new Map<string, { readonly table: Table; readonly result: DefineResult }>();

  constructor(catalog: TableCatalog, sql: Sql) {
    this.#catalog = catalog;
    this.#canonicalise = canonicaliseWith(sql);
  }

  /** Returns the definition with its table published, or the faults of the request. */
  async find(request: ShapeRequest): Promise<{ definition: ShapeDefinition } | { errors: RequestErrors }> {
    const { table: name } = request;
    // A reader that starts gets the table's current state; one that continues learns of changes within a second.
    let table = request.offset === 'start' ? await this.#catalog.load(name) : await this.#catalog.get(name);
    let defined = table && (await this.#define(table, request));
    if (!defined || 'errors' in defined) {
      // The table may have been altered since it was loaded.
      const before = table;
      table = await this.#catalog.load(name);
      if (table !== before) defined = table && (await this.#define(table, request));
    }
    if (defined && 'definition' in defined) {
      const published = await this.#catalog.publish(name);
      if (published !== table) defined = published && (await this.#define(published, request));
    }
    return defined ?? { errors: { table: [noSuchTable(name)] } };
  }

  async #define(table: Table, request: ShapeRequest): Promise<DefineResult> {
    const { table: name, columns, queryableColumns, where, params, replica, log } = request;
    const key = JSON.stringify([name, columns, queryableColumns, where, [...params].sort(), replica, log]);
    const known = this.#known.get(key);
    if (known?.table === table) return known.result;
    const result = await defineShape(table, request, this.#canonicalise);
    if (key.length > MAX_KEY_CHARACTERS) return result;
    this.#known.set(key, { table, result });
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
    return result;
  }
}

function noSuchTable({ schema, name }: { schema: string; name: string }): string {
  return `Table "${schema}"."${name}" does not exist. If the table name contains capitals or special characters you must quote it.`;
}

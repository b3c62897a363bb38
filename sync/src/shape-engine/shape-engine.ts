/**
 * The shape engine in this process: a `ShapeSource` that speaks Electric's protocol for one database.
 *
 * With a folder, its shapes and replication slot survive a restart, and readers continue with the same handles. Without
 * a folder, readers must refetch after a restart. Engines of one database share only the publication, to which they
 * only add tables.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from 'postgres';
import type { ShapeSource, ShapeSourceHealth } from '../shapes/shape-source.ts';
import { connect, isLasting } from './postgres/connection.ts';
import type { Table, TableColumn } from './postgres/table.ts';
import { TableCatalog } from './postgres/table-catalog.ts';
import { BusyError } from './protocol/busy-error.ts';
import { DefinitionCache } from './protocol/definition-cache.ts';
import { readParameters } from './protocol/request-parameters.ts';
import { invalidRequest, methodNotAllowed, options as optionsResponse, unavailable } from './protocol/responses.ts';
import { parseShapeRequest, type ShapeRequest } from './protocol/shape-request.ts';
import { deleteShape } from './serve/delete-shape.ts';
import { serveShape } from './serve/serve-shape.ts';
import { serveSubset } from './serve/serve-subset.ts';
import { EngineFolder } from './shapes/engine-folder.ts';
import { DatabaseFollower, messageOf } from './shapes/follow-database.ts';
import { type ShapeLimits, ShapeRegistry } from './shapes/shape-registry.ts';
import { parseSubsetRequest } from './subset/subset-request.ts';
import { Subsets } from './subset/subsets.ts';

export interface ShapeEngineOptions {
  /** A role that owns the tables and has REPLICATION; `wal_level` must be `logical`. */
  readonly databaseUrl: string;
  /** Keeps shapes and the slot's position; without it, both the folder and the slot are temporary. */
  readonly folder?: string | null;
  /** Created if missing, never dropped. */
  readonly publication?: string;
  /** Tables published at the start, so that their first shapes need not wait for writers. Other tables are added on demand. */
  readonly tables?: readonly string[];
  readonly limits?: Partial<ShapeLimits>;
  /** Lets requests delete shapes, as tests of clients require; default false. */
  readonly allowDeletion?: boolean;
  /** Receives lost connections, and shapes that could not be created. */
  readonly log?: (message: string, error: unknown) => void;
}

const LIMITS: ShapeLimits = {
  // Electric's default.
  chunkBytes: 10 * 1024 * 1024,
  changeBytes: 1024 * 1024 * 1024,
  totalBytes: 16 * 1024 * 1024 * 1024,
  idleMs: 14 * 24 * 60 * 60_000,
  longPollMs: 20_000,
  eventStreamMs: 60_000,
  keepAliveMs: 21_000,
  checkMs: 1_000,
  shapes: 5_000,
  snapshotsAtOnce: 3,
  snapshotsWaiting: 200,
};
const CONNECTIONS = 2;
const SUBSETS_AT_ONCE = 2;
const SUBSETS_WAITING = 20;
const START_WAIT_MS = 10_000;

/** Starts at once, in the background; `health` reports the progress. */
export function createShapeEngine(options: ShapeEngineOptions): ShapeSource {
  return new ShapeEngine(options);
}

class ShapeEngine implements ShapeSource {
  readonly #sql: Sql;
  readonly #snapshots: Sql;
  readonly #subsetSql: Sql;
  readonly #subsets: Subsets;
  readonly #catalog: TableCatalog;
  readonly #registry: ShapeRegistry;
  readonly #definitions: DefinitionCache;
  readonly #follower: DatabaseFollower;
  readonly #allowDeletion: boolean;
  readonly #log: (message: string, error: unknown) => void;
  readonly #closing = new AbortController();
  readonly #running: Promise<unknown>;

  constructor(options: ShapeEngineOptions) {
    const { databaseUrl, publication = 'ingesthub', tables = [], folder = null, allowDeletion = false } = options;
    this.#allowDeletion = allowDeletion;
    this.#log = options.log ?? (() => {});
    this.#sql = connect(databaseUrl, { max: CONNECTIONS });
    const limits = { ...LIMITS, ...options.limits };
    this.#snapshots = connect(databaseUrl, { max: limits.snapshotsAtOnce });
    this.#subsetSql = connect(databaseUrl, { max: SUBSETS_AT_ONCE });
    this.#subsets = new Subsets({ sql: this.#subsetSql, atOnce: SUBSETS_AT_ONCE, waiting: SUBSETS_WAITING });
    this.#catalog = new TableCatalog({
      sql: this.#sql,
      publication,
      signal: this.#closing.signal,
      onChange: (table) => this.#registry.dropTable(table),
    });
    this.#definitions = new DefinitionCache(this.#catalog, this.#sql);
    this.#registry = new ShapeRegistry({
      sql: this.#sql,
      snapshots: this.#snapshots,
      limits,
      onDrop: (table) => this.#catalog.doubt(table),
      log: this.#log,
    });
    this.#follower = new DatabaseFollower({
      databaseUrl,
      publication,
      tables,
      sql: this.#sql,
      registry: this.#registry,
      catalog: this.#catalog,
      openFolder: () => EngineFolder.open(folder, publication),
      log: this.#log,
    });
    this.#running = Promise.all([this.#follower.run(this.#closing.signal), this.#check(this.#closing.signal)]);
  }

  health(): Promise<ShapeSourceHealth> {
    const { status, problem, notice } = this.#follower;
    return Promise.resolve({ mode: 'embedded', status, problem, notice });
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('The shape engine is closing.'));
    await this.#running;
    await Promise.all([
      this.#sql.end({ timeout: 1 }),
      this.#snapshots.end({ timeout: 1 }),
      this.#subsetSql.end({ timeout: 1 }),
    ]);
  }

  async fetch(http: Request): Promise<Response> {
    if (http.method === 'OPTIONS') return optionsResponse(http);
    const deleting = http.method === 'DELETE' && this.#allowDeletion;
    if (!deleting && !['GET', 'HEAD', 'POST'].includes(http.method)) return methodNotAllowed(http.method);
    const parameters = await readParameters(http);
    if ('refusal' in parameters) return parameters.refusal;
    if (deleting) return await deleteShape(parameters.shape, this.#definitions, this.#registry);
    const parsed = parseShapeRequest(parameters.shape);
    const subset = parseSubsetRequest(parameters.subset);
    if ('errors' in parsed) return invalidRequest(parsed.errors);
    if ('errors' in subset) return invalidRequest(subset.errors);

    // Most requests need no wait, and so no combined signal.
    let combined: AbortSignal | null = null;
    const signal = () => {
      combined ??= AbortSignal.any([http.signal, this.#closing.signal]);
      return combined;
    };
    const follower = this.#follower;
    if (!(await follower.statusChanged.until(() => follower.status === 'active', signal, START_WAIT_MS)))
      return unavailable(follower.problem ?? 'The shape engine is not ready.', 5);
    const { request } = parsed;
    try {
      const found = await this.#definitions.find(request);
      if ('errors' in found) return invalidRequest(found.errors);
      const shape = this.#registry.getOrCreate(found.definition);
      if (subset.request === null) return await serveShape(http, request, shape, this.#registry, signal);
      return await serveSubset({
        http,
        request,
        subset: subset.request,
        columns: queryable(shape.definition.table, request),
        shape,
        sql: this.#sql,
        subsets: this.#subsets,
        signal: signal(),
      });
    } catch (error) {
      if (isLasting(error)) return invalidRequest({ table: [messageOf(error)] });
      if (error instanceof BusyError) return unavailable(error.message, 5);
      this.#log(`A shape of ${request.table.name} could not be created.`, error);
      return unavailable(`The shape could not be created: ${messageOf(error)}`, 1);
    }
  }

  /** Periodically checks for table changes that are not in the log, and for shapes without readers. */
  async #check(signal: AbortSignal): Promise<void> {
    for (;;) {
      await delay(this.#registry.limits.checkMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      try {
        await this.#registry.tidy(Date.now());
        if (this.#follower.status === 'active') await this.#catalog.refresh();
      } catch (error) {
        if (!signal.aborted) this.#log('The shape engine could not check its shapes.', error);
      }
    }
  }
}

/** Returns the columns that a request's conditions may name. */
function queryable(table: Table, { queryableColumns }: ShapeRequest): readonly TableColumn[] {
  if (queryableColumns === null) return table.columns;
  return table.columns.filter(({ name }) => queryableColumns.includes(name));
}

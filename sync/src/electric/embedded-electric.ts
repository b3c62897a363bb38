/**
 * The shape engine in this process: a `ShapeSource` that speaks Electric's protocol for one database.
 *
 * Logs are held in memory and the slot is temporary: when the engine restarts, or its connection to
 * Postgres is lost, all handles end, and readers are told to fetch anew. Two engines on one database
 * share nothing but the publication, to which they only add.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { Condition } from '../condition.ts';
import type { ShapeSource, ShapeSourceHealth } from '../shape-source.ts';
import { connect } from './connection.ts';
import { parseTableName } from './identifiers.ts';
import { ensurePublication, publishTable } from './publication.ts';
import { followReplication } from './replication-stream.ts';
import { invalidRequest, methodNotAllowed, options as optionsResponse, unavailable } from './responses.ts';
import { serveShape } from './serve-shape.ts';
import type { Shape } from './shape.ts';
import { defineShape, type RequestErrors } from './shape-definition.ts';
import { type ShapeLimits, ShapeRegistry } from './shape-registry.ts';
import { parseShapeRequest, type ShapeRequest } from './shape-request.ts';
import { TableCatalog } from './table-catalog.ts';

export interface EmbeddedElectricOptions {
  /** A role that owns the tables and has REPLICATION; `wal_level` must be `logical`. */
  readonly databaseUrl: string;
  /** Made when missing, never dropped. */
  readonly publication?: string;
  /** Published at the start, so that their first shape need not wait for writers. Others are when asked for. */
  readonly tables?: readonly string[];
  readonly limits?: Partial<ShapeLimits>;
  /** Hears of lost connections and of shapes that could not be made. */
  readonly log?: (message: string, error: unknown) => void;
}

const LIMITS: ShapeLimits = {
  // Electric's own.
  chunkBytes: 10 * 1024 * 1024,
  changeBytes: 128 * 1024 * 1024,
  totalBytes: 1024 * 1024 * 1024,
  idleMs: 60 * 60_000,
  longPollMs: 20_000,
  checkMs: 5_000,
};
const CONNECTIONS = 2;
const SNAPSHOTS_AT_ONCE = 3;
const START_WAIT_MS = 10_000;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

/** Starts at once, in the background; `health` says how far it is. */
export function createEmbeddedElectric(options: EmbeddedElectricOptions): ShapeSource {
  return new EmbeddedElectric(options);
}

class EmbeddedElectric implements ShapeSource {
  readonly #options: EmbeddedElectricOptions;
  readonly #publication: string;
  readonly #sql: Sql;
  readonly #snapshots: Sql;
  readonly #catalog: TableCatalog;
  readonly #registry: ShapeRegistry;
  readonly #closing = new AbortController();
  readonly #running: Promise<void>;
  readonly #statusChanged = new Condition();
  #status: ShapeSourceHealth['status'] = 'starting';
  #problem: string | null = 'The shape engine is connecting to Postgres.';

  constructor(options: EmbeddedElectricOptions) {
    this.#options = options;
    this.#publication = options.publication ?? 'ingesthub';
    this.#sql = connect(options.databaseUrl, { max: CONNECTIONS });
    this.#snapshots = connect(options.databaseUrl, { max: SNAPSHOTS_AT_ONCE });
    this.#catalog = new TableCatalog({
      sql: this.#sql,
      publication: this.#publication,
      signal: this.#closing.signal,
      onChange: (table) => this.#registry.dropTable(table),
    });
    const limits = { ...LIMITS, ...options.limits };
    this.#registry = new ShapeRegistry(this.#sql, this.#snapshots, limits, (table) => this.#catalog.doubt(table));
    this.#running = this.#run(this.#closing.signal);
  }

  health(): Promise<ShapeSourceHealth> {
    return Promise.resolve({ mode: 'embedded', status: this.#status, problem: this.#problem });
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('The shape engine is closing.'));
    await this.#running;
    await Promise.all([this.#sql.end({ timeout: 1 }), this.#snapshots.end({ timeout: 1 })]);
  }

  async fetch(http: Request): Promise<Response> {
    if (http.method === 'OPTIONS') return optionsResponse();
    if (http.method !== 'GET' && http.method !== 'HEAD') return methodNotAllowed(http.method);
    const parsed = parseShapeRequest(new URL(http.url).searchParams);
    if ('errors' in parsed) return invalidRequest(parsed.errors);

    const signal = AbortSignal.any([http.signal, this.#closing.signal]);
    const patience = AbortSignal.any([signal, AbortSignal.timeout(START_WAIT_MS)]);
    if (!(await this.#statusChanged.until(() => this.#status === 'active', patience)))
      return unavailable(this.#problem ?? 'The shape engine is not ready.', 5);
    try {
      const found = await this.#shape(parsed.request);
      if ('errors' in found) return invalidRequest(found.errors);
      return await serveShape(http, parsed.request, found.shape, this.#registry, signal);
    } catch (error) {
      this.#options.log?.(`A shape of ${parsed.request.table.name} could not be made.`, error);
      return unavailable(`The shape could not be made: ${messageOf(error)}`, 1);
    }
  }

  async #shape(request: ShapeRequest): Promise<{ shape: Shape } | { errors: RequestErrors }> {
    const { table: name } = request;
    let table = await this.#catalog.get(name);
    let defined = table && defineShape(table, request);
    if (!defined || 'errors' in defined) {
      // The table may have been altered since it was looked up.
      table = await this.#catalog.load(name);
      defined = table && defineShape(table, request);
    }
    if (defined && 'definition' in defined) {
      const published = await this.#catalog.publish(name);
      if (published !== table) defined = published && defineShape(published, request);
    }
    if (!defined) return { errors: { table: [noSuchTable(name)] } };
    return 'errors' in defined ? defined : { shape: this.#registry.getOrCreate(defined.definition) };
  }

  async #run(signal: AbortSignal): Promise<void> {
    let wait = FIRST_RETRY_MS;
    while (!signal.aborted) {
      try {
        await this.#session(signal, () => {
          wait = FIRST_RETRY_MS;
        });
      } catch (error) {
        const problem = `The shape engine cannot follow Postgres: ${messageOf(error)}`;
        if (problem !== this.#problem) this.#options.log?.(problem, error);
        this.#problem = problem;
      }
      this.#status = 'down';
      this.#registry.reset(new Error(this.#problem ?? 'The shape engine is closing.'));
      this.#catalog.clear();
      await delay(wait, undefined, { signal }).catch(() => {});
      wait = Math.min(wait * 2, LAST_RETRY_MS);
    }
  }

  /** From connecting to losing the connection. */
  async #session(signal: AbortSignal, onActive: () => void): Promise<void> {
    await ensurePublication(this.#sql, this.#publication);
    for (const text of this.#options.tables ?? []) {
      const name = parseTableName(text);
      if (!name) throw new TypeError(`"${text}" is no table name`);
      await publishTable(this.#sql, this.#publication, name, signal);
    }
    const timer = setInterval(() => void this.#check(), this.#registry.limits.checkMs);
    try {
      await followReplication({
        url: this.#options.databaseUrl,
        publication: this.#publication,
        signal,
        handlers: {
          onStart: () => {
            this.#registry.start();
            this.#status = 'active';
            this.#problem = null;
            this.#statusChanged.wake();
            onActive();
          },
          onTransaction: (transaction) => this.#registry.apply(transaction),
          onProgress: (lsn) => this.#registry.progress(lsn),
        },
      });
    } finally {
      clearInterval(timer);
    }
  }

  async #check(): Promise<void> {
    this.#registry.dropUnused(Date.now());
    try {
      await this.#catalog.refresh();
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#options.log?.('Tables could not be looked up again.', error);
    }
  }
}

function noSuchTable({ schema, name }: { schema: string; name: string }): string {
  return `Table "${schema}"."${name}" does not exist. If the table name contains capitals or special characters you must quote it.`;
}

/** Of several failed addresses Node says nothing but the code. */
function messageOf(error: unknown): string {
  const { message, code } = error as Error & { code?: string };
  return message || code || String(error);
}

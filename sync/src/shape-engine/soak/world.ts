/** All participants: Postgres, the engine, the writers' connections, the readers and the oracle. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres, { type Sql } from 'postgres';
import { Cluster } from './cluster.ts';
import { EngineProcess } from './engine-process.ts';
import { History } from './history.ts';
import { Oracle } from './oracle.ts';
import type { Reader } from './reader.ts';
import { createTables } from './tables.ts';
import { WRITERS } from './writers.ts';

export class World implements AsyncDisposable {
  readonly engine: EngineProcess;
  /** One connection per writer. */
  readonly writers: readonly Sql[];
  readonly admin: Sql;
  readonly oracle: Oracle;
  readonly history = new History();
  /** Transaction ids by LSN, of all committed transactions. */
  readonly xids = new Map<bigint, number>();
  readonly readers = new Set<Reader>();
  /** Number of readers so far. */
  joined = 0;
  /** True if an event of this round allows every shape to start over. */
  interrupted: boolean = false;
  readonly #cluster: Cluster;
  readonly #parts: AsyncDisposableStack;

  private constructor(parts: {
    cluster: Cluster;
    engine: EngineProcess;
    admin: Sql;
    writers: readonly Sql[];
    oracle: Oracle;
    stack: AsyncDisposableStack;
  }) {
    this.#cluster = parts.cluster;
    this.engine = parts.engine;
    this.admin = parts.admin;
    this.writers = parts.writers;
    this.oracle = parts.oracle;
    this.#parts = parts.stack;
  }

  static async create(): Promise<World> {
    await using stack = new AsyncDisposableStack();
    const folder = await mkdtemp(path.join(tmpdir(), 'ihub-soak-'));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    await chmod(folder, 0o755);
    const cluster = stack.use(await Cluster.start(path.join(folder, 'cluster')));
    const connect = (max: number) => {
      const sql = postgres(cluster.url, { max, onnotice: () => {}, backoff: () => 0.02 });
      stack.defer(() => sql.end({ timeout: 1 }));
      return sql;
    };
    const admin = connect(2);
    await createTables(admin);
    const oracle = await Oracle.create(admin);
    const engine = await EngineProcess.create({ databaseUrl: cluster.url, dataDir: path.join(folder, 'shapes') });
    stack.defer(() => engine.end('SIGTERM'));
    engine.start();
    await engine.active();
    const writers = Array.from({ length: WRITERS }, () => connect(1));
    return new World({ cluster, engine, admin, writers, oracle, stack: stack.move() });
  }

  restartPostgres(how: 'stop' | 'crash'): Promise<void> {
    return this.#cluster.restart(how);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const reader of this.readers) reader.stop();
    await this.#parts.disposeAsync();
  }
}

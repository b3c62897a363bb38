/** The measured contenders: the embedded engine and, if available, a real Electric. */
import { mkdir } from 'node:fs/promises';
import { startPostgres } from '@ingesthub/launch/postgres.ts';
import postgres, { type Sql } from 'postgres';
import type { BenchConfig } from '../measure/config.ts';
import { TABLE } from './bench-table.ts';
import { type EngineProcess, startEngine } from './engine-process.ts';
import { ResourceWatch } from './resource-watch.ts';

export interface Contender extends AsyncDisposable {
  readonly name: string;
  readonly sql: Sql;
  /** Returns the URL of the table's shape, without protocol parameters. */
  shapeUrl(): URL;
  /** Starts a phase of the memory and disk curves, if they can be measured; restarts an engine that has died. */
  phase(name: string): Promise<void>;
  /** Null when the process cannot be observed. */
  readonly watch: ResourceWatch | null;
  /** Returns why the process ended by itself; null while it runs. */
  ended(): string | null;
}

/** Starts the embedded engine on its own Postgres, both below `folder`. */
export async function embeddedContender(folder: string, entry: string | null): Promise<Contender> {
  await using stack = new AsyncDisposableStack();
  const server = await startPostgres({ folder: `${folder}/postgres` });
  stack.defer(() => server.stop());
  const sql = postgres(server.url, { max: 4, onnotice: () => {} });
  stack.defer(() => sql.end({ timeout: 2 }));
  const dataDir = `${folder}/shapes`;
  await mkdir(dataDir);

  let engine: EngineProcess = await startEngine({ databaseUrl: server.url, dataDir, entry });
  const watch = stack.use(new ResourceWatch(engine.pid, dataDir));
  const owned = stack.move();
  return {
    name: 'ingesthub',
    sql,
    shapeUrl: () => shapeUrl(engine.url),
    watch,
    async phase(name) {
      if (engine.ended() !== null) {
        engine = await startEngine({ databaseUrl: server.url, dataDir, entry });
        watch.pid = engine.pid;
        await watch.start('restarted');
      }
      await watch.start(name);
    },
    ended: () => engine.ended(),
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await owned.disposeAsync();
    },
  };
}

/** Wraps a real Electric. Its memory is not measured, since it may run on another machine. */
export function electricContender({ url, databaseUrl, secret }: NonNullable<BenchConfig['electric']>): Contender {
  const sql = postgres(databaseUrl, { max: 4, onnotice: () => {} });
  return {
    name: 'electric',
    sql,
    shapeUrl() {
      const shape = shapeUrl(new URL('/v1/shape', url).href);
      if (secret !== null) shape.searchParams.set('secret', secret);
      return shape;
    },
    watch: null,
    phase: () => Promise.resolve(),
    ended: () => null,
    async [Symbol.asyncDispose]() {
      await sql.unsafe(`DROP TABLE IF EXISTS ${TABLE}`);
      await sql.end({ timeout: 2 });
    },
  };
}

function shapeUrl(url: string): URL {
  return new URL(`${url}?table=public.${TABLE}`);
}

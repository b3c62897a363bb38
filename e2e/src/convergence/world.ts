/** All parts of the convergence test: Postgres, the server, the clients, the model and the register of rows. */
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { startPostgres } from '@ingesthub/launch/postgres.ts';
import { migrateServer } from '@ingesthub/schema/database/migrate-server.ts';
import { createPGlite } from '@ingesthub/web/replica/open/create-pglite.ts';
import { prepareForCopies } from '@ingesthub/web/replica/open/prepare-database.ts';
import { readReplicaSql } from '@ingesthub/web/replica/open/read-replica-sql.ts';
import postgres, { type Sql } from 'postgres';
import { temporaryFolder } from '../temporary-folder.ts';
import { Client } from './client.ts';
import { Gestures } from './gestures.ts';
import { RowRegister } from './known-rows.ts';
import { libraryState, stateSql, type WatchedTable, watchedTables } from './library-state.ts';
import { LibraryModel } from './model.ts';
import { createOutsideWriter, writeOutside } from './outside-writer.ts';
import { createClock, Replay } from './replay.ts';
import { ServerProcess } from './server-process.ts';

export interface Person {
  readonly client: Client;
  readonly gestures: Gestures;
}

const CLIENTS = 3;
const PROJECTS = 3;
const CONNECTIONS = 4;

export class World implements AsyncDisposable {
  readonly sql: Sql;
  readonly server: ServerProcess;
  readonly people: readonly Person[];
  readonly model: LibraryModel;
  readonly replay: Replay;
  readonly rows: RowRegister;
  readonly #parts: AsyncDisposableStack;

  private constructor(parts: {
    sql: Sql;
    server: ServerProcess;
    people: readonly Person[];
    model: LibraryModel;
    rows: RowRegister;
    stack: AsyncDisposableStack;
  }) {
    this.sql = parts.sql;
    this.server = parts.server;
    this.people = parts.people;
    this.model = parts.model;
    this.replay = new Replay(parts.sql, parts.model);
    this.rows = parts.rows;
    this.#parts = parts.stack;
  }

  static async create(seed: number): Promise<World> {
    await using stack = new AsyncDisposableStack();
    const folder = stack.use(await temporaryFolder()).path;
    const cluster = await startPostgres({
      folder: path.join(folder, 'cluster'),
      settings: { fsync: 'off', full_page_writes: 'off', track_commit_timestamp: 'on', timezone: 'UTC' },
    });
    stack.defer(() => cluster.stop());
    const sql = postgres(cluster.url, { max: CONNECTIONS, onnotice: () => {}, connection: { TimeZone: 'UTC' } });
    stack.defer(() => sql.end({ timeout: 1 }));
    await migrateServer(sql);
    await createOutsideWriter(sql);
    const random = seededRandom(seed);
    for (let project = 0; project < PROJECTS; project++) await writeOutside(sql, random, 'a project is added');
    await writeOutside(sql, random, 'assets are registered');
    await writeOutside(sql, random, 'folders are found');
    await sql`DELETE FROM outside_writes`;
    await createClock(sql);

    const server = stack.use(
      await ServerProcess.start({ databaseUrl: cluster.url, folder: path.join(folder, 'server') }),
    );
    const prepared = path.join(folder, 'prepared');
    await prepare(prepared);
    const people = await Promise.all(
      Array.from({ length: CLIENTS }, async (_, index): Promise<Person> => {
        const database = path.join(folder, `client-${index + 1}`);
        await cp(prepared, database, { recursive: true });
        const gestures = new Gestures();
        const client = await Client.open({
          name: `client ${index + 1}`,
          folder: database,
          server: server.url,
          onSaw: (fields, opened) => gestures.record.saw(fields, opened),
        });
        return { client: stack.use(client), gestures };
      }),
    );
    const model = new LibraryModel(await readState(sql));
    return new World({ sql, server, people, model, rows: new RowRegister(), stack: stack.move() });
  }

  readState(): Promise<Map<string, string>> {
    return readState(this.sql);
  }

  /** Updates the register of rows once all clients are at rest. */
  settleRows(): void {
    const rows = [...this.model.state.keys()]
      .map((field) => field.split(' ') as [WatchedTable, string, string])
      .filter(([table, , field]) => field === 'deleted' && watchedTables.includes(table))
      .map(([table, id]) => [table, id] as const);
    this.rows.settle(rows);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#parts.disposeAsync();
  }
}

async function readState(sql: Sql): Promise<Map<string, string>> {
  return libraryState(await sql.unsafe<{ field: string; value: string }[]>(stateSql));
}

/** Creates a data directory for clients to copy, as creating one takes seconds. */
async function prepare(folder: string): Promise<void> {
  const database = await createPGlite({ dataDir: folder });
  await prepareForCopies(database, await readReplicaSql());
  await database.close();
}

/** Creates databases for tests: one real Postgres per run, a fresh migrated database per test file. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { migrateServer } from '@ingesthub/schema/database/migrate-server.ts';
import postgres, { type Sql } from 'postgres';

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly sql: Sql;
}

/**
 * Creates and migrates a database on the test run's Postgres. Dispose of it when the test file ends.
 *
 * @param options.migrated false leaves it empty.
 */
export async function createTestDatabase(options: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const server = process.env['IHUB_TEST_POSTGRES_URL'];
  if (!server)
    throw new Error('Tests that need Postgres run under vitest with launch/src/vitest-postgres.ts as global setup.');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  await admin`CREATE DATABASE ${admin(name)}`;
  const url = server.replace(/[^/]+$/, name);
  const sql = postgres(url, { max: 4, onnotice: () => {} });
  if (options.migrated !== false) await migrateServer(sql);
  return {
    url,
    sql,
    async [Symbol.asyncDispose]() {
      await sql.end({ timeout: 2 });
      // The connection of an engine that was killed keeps its slot for a moment.
      for (let tries = 0; tries < 100; tries += 1) {
        const using = await admin`SELECT FROM pg_replication_slots WHERE database = ${name} AND active`;
        if (using.length === 0) break;
        await delay(100);
      }
      await admin`DROP DATABASE ${admin(name)} WITH (FORCE)`;
      await admin.end();
    },
  };
}

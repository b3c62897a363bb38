/** Creates databases for tests: one real Postgres per run, a fresh migrated database per test file. */
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { migrateServer, readMigrations } from '@ingesthub/schema/database/migrate-server.ts';
import postgres, { type Sql } from 'postgres';

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly sql: Sql;
}

/** Lets one process at a time make the template. */
const LOCK = 4_711_002;

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
  const template = options.migrated === false ? 'template1' : await migratedTemplate(admin, server);
  await admin`CREATE DATABASE ${admin(name)} TEMPLATE ${admin(template)}`;
  const url = server.replace(/[^/]+$/, name);
  const sql = postgres(url, { max: 4, onnotice: () => {} });
  // Two libraries never have the same token.
  if (template !== 'template1') await sql`UPDATE follow_checks SET token = gen_random_uuid()`;
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

/** Migrates a database that others are copied from, once per Postgres. @returns its name. */
async function migratedTemplate(admin: Sql, server: string): Promise<string> {
  const migrations = JSON.stringify(await readMigrations());
  const name = `migrated_${createHash('sha256').update(migrations).digest('hex').slice(0, 16)}`;
  await admin`SELECT pg_advisory_lock(${LOCK})`;
  try {
    const [found] = await admin`SELECT FROM pg_database WHERE datname = ${name}`;
    if (found) return name;
    const draft = `${name}_draft`;
    await admin`DROP DATABASE IF EXISTS ${admin(draft)} WITH (FORCE)`;
    await admin`CREATE DATABASE ${admin(draft)}`;
    const sql = postgres(server.replace(/[^/]+$/, draft), { max: 1, onnotice: () => {} });
    try {
      await migrateServer(sql);
    } finally {
      await sql.end();
    }
    await admin`ALTER DATABASE ${admin(draft)} RENAME TO ${admin(name)}`;
    return name;
  } finally {
    await admin`SELECT pg_advisory_unlock(${LOCK})`;
  }
}

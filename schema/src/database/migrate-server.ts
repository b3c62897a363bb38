/** Migrates central Postgres. */
import { readdir, readFile } from 'node:fs/promises';
import type { ReservedSql, Sql } from 'postgres';
import { alignKindChecks } from './kind-checks.ts';
import { type MigrationConnection, type MigrationFile, migrate, migrationsFor } from './migrate.ts';

const FOLDER = new URL('../../migrations/', import.meta.url);
/** Allows one migrator at a time per database; the number only has to differ from our other advisory locks. */
const LOCK = 4_711_001;

export async function readMigrations(): Promise<MigrationFile[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql'));
  return Promise.all(names.map(async (name) => ({ name, sql: await readFile(new URL(name, FOLDER), 'utf8') })));
}

/** Waits until no other migrator runs. @returns the names of the newly applied migrations. */
export async function migrateServer(sql: Sql, files?: readonly MigrationFile[]): Promise<string[]> {
  const wanted = files ?? migrationsFor('server', await readMigrations());
  const session = await sql.reserve();
  try {
    await session`SELECT pg_advisory_lock(${LOCK})`;
    try {
      const migrations = connection(session);
      const applied = await migrate(migrations, wanted);
      await alignKindChecks(migrations);
      return applied;
    } finally {
      await session`SELECT pg_advisory_unlock(${LOCK})`;
    }
  } finally {
    session.release();
  }
}

function connection(session: ReservedSql): MigrationConnection {
  const statements = {
    exec: (text: string) => session.unsafe(text).simple(),
    query: (text: string, values: unknown[]) => session.unsafe<MigrationFile[]>(text, values as never[]),
  };
  return {
    ...statements,
    async transaction(work) {
      await statements.exec('BEGIN');
      try {
        await work(statements);
        await statements.exec('COMMIT');
      } catch (error) {
        await statements.exec('ROLLBACK');
        throw error;
      }
    },
  };
}

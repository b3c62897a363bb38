/** Migrates central Postgres. */
import { readdir, readFile } from 'node:fs/promises';
import type { Sql } from 'postgres';
import { type MigrationFile, migrate, migrationsFor } from './migrate.ts';

const FOLDER = new URL('../migrations/', import.meta.url);
/** One migrator at a time per database; any number that no other advisory lock of ours has. */
const LOCK = 4_711_001;

export async function readMigrations(): Promise<MigrationFile[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql'));
  return Promise.all(names.map(async (name) => ({ name, sql: await readFile(new URL(name, FOLDER), 'utf8') })));
}

/** @returns the names of the migrations that were applied now; waits for another migrator to end. */
export async function migrateServer(sql: Sql): Promise<string[]> {
  const files = migrationsFor('server', await readMigrations());
  const session = await sql.reserve();
  try {
    await session`SELECT pg_advisory_lock(${LOCK})`;
    try {
      return await migrate(
        {
          exec: (text) => session.unsafe(text).simple(),
          query: (text, values) => session.unsafe(text, values as never[]),
        },
        files,
      );
    } finally {
      await session`SELECT pg_advisory_unlock(${LOCK})`;
    }
  } finally {
    session.release();
  }
}

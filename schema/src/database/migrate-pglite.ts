/** Migrates a PGlite database: the replica. */
import type { PGlite } from '@electric-sql/pglite';
import { type MigrationConnection, type MigrationFile, migrate } from './migrate.ts';

/** Like {@link migrate}. Other queries on the database wait while a file runs. */
export function migratePGlite(database: PGlite, files: readonly MigrationFile[]): Promise<string[]> {
  const connection: MigrationConnection = {
    ...statements(database),
    transaction: (work) => database.transaction((tx) => work(statements(tx))),
  };
  return migrate(connection, files);
}

function statements(database: Pick<PGlite, 'exec' | 'query'>) {
  return {
    exec: (text: string) => database.exec(text),
    query: async (text: string, values: unknown[]) =>
      (await database.query<{ name: string; sql: string }>(text, values)).rows,
  };
}

/**
 * Runs the numbered SQL files of `schema/migrations/` once each, in order. `0001_name.sql` is for
 * every database, `0002_name.server.sql` for central Postgres, `0003_name.replica.sql` for the
 * replica only.
 */

export type MigrationTarget = 'server' | 'replica';

export interface MigrationFile {
  /** The file's name. */
  readonly name: string;
  readonly sql: string;
}

/** `exec` accepts several statements per call. */
interface MigrationStatements {
  exec(sql: string): Promise<unknown>;
  query(sql: string, values: unknown[]): Promise<{ name: string; sql: string }[]>;
}

/** The single session that migrations run on. */
export interface MigrationConnection extends MigrationStatements {
  /** Runs nothing else in the meantime; an exception rolls the transaction back. */
  transaction(work: (transaction: MigrationStatements) => Promise<void>): Promise<void>;
}

/** Thrown when the text of an applied migration differs from its file: migrations are append-only. */
export class MigrationChangedError extends Error {
  override readonly name = 'MigrationChangedError';
}

export function migrationsFor(target: MigrationTarget, files: readonly MigrationFile[]): MigrationFile[] {
  return files
    .filter(({ name }) => {
      const only = /\.(server|replica)\.sql$/.exec(name)?.[1];
      return only === undefined || only === target;
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Applies the files that this database does not have yet, each in its own transaction.
 *
 * @returns the names of the newly applied files.
 * @throws MigrationChangedError when a file was changed after it was applied.
 */
export async function migrate(connection: MigrationConnection, files: readonly MigrationFile[]): Promise<string[]> {
  await connection.exec(`CREATE TABLE IF NOT EXISTS migrations (
    name text PRIMARY KEY,
    sql text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`);
  const applied = new Map(
    (await connection.query('SELECT name, sql FROM migrations', [])).map((row) => [row.name, row.sql]),
  );
  const now: string[] = [];
  for (const file of files) {
    const before = applied.get(file.name);
    if (before === file.sql) continue;
    if (before !== undefined) {
      throw new MigrationChangedError(
        `Migration ${file.name} was applied to this database with other contents. Restore the file, and put the change in a new migration.`,
      );
    }
    try {
      await connection.transaction(async (transaction) => {
        await transaction.exec(file.sql);
        await transaction.query('INSERT INTO migrations (name, sql) VALUES ($1, $2)', [file.name, file.sql]);
      });
    } catch (error) {
      throw new Error(`Migration ${file.name} failed: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
    now.push(file.name);
  }
  return now;
}

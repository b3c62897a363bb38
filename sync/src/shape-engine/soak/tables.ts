/** Tables that the soak writes to. */
import type { Sql } from 'postgres';

/** Values by column as Postgres writes them; booleans are `true` and `false`. */
export type Row = Readonly<Record<string, string | null>>;

export interface SoakTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

export const ITEMS: SoakTable = {
  name: 'items',
  columns: ['id', 'part', 'shown', 'note', 'price', 'owner', 'made_at', 'n', 'body'],
  key: ['id'],
};

export const PAIRS: SoakTable = { name: 'pairs', columns: ['kind', 'n', 'value'], key: ['kind', 'n'] };

export const TABLES: readonly SoakTable[] = [ITEMS, PAIRS];

/** Returns a row's key in the shape protocol. */
export function rowKey(table: SoakTable, row: Row): string {
  return `"public"."${table.name}"${table.key.map((column) => `/"${row[column]?.replaceAll('/', '//')}"`).join('')}`;
}

export async function createTables(sql: Sql): Promise<void> {
  await sql`
    CREATE TABLE items (
      id int PRIMARY KEY,
      part int NOT NULL,
      shown bool,
      note text,
      price numeric(8, 2),
      owner uuid,
      made_at timestamptz,
      n int NOT NULL DEFAULT 0,
      body text
    )`;
  // Uncompressed, so that long bodies are really TOASTed, and left out of the log by updates that do not change them.
  await sql`ALTER TABLE items ALTER body SET STORAGE EXTERNAL`;
  await sql`CREATE TABLE pairs (kind text, n int, value int, PRIMARY KEY (kind, n))`;
}

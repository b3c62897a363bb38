/** Fingerprints the sources from which this tree builds a replica. Node only. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type MigrationFile, migrationsFor } from '@ingesthub/schema/database/migrate.ts';
import { mutationArgs } from '@ingesthub/schema/mutations/mutations.ts';
import { z } from 'zod';
import { baseTablesSql } from '../model/replicated-tables.ts';

export interface FingerprintedSql {
  /** All files of `schema/migrations/`. */
  readonly migrations: readonly MigrationFile[];
  /** `replica.sql`. */
  readonly own: string;
}

/**
 * Hashes the migrations, replica.sql, the base tables, the version of PGlite, and the schemas of the
 * mutations with their vocabulary. Comments and layout make no difference.
 *
 * @returns 16 hexadecimal digits.
 */
export async function replicaFingerprint({ migrations, own }: FingerprintedSql): Promise<string> {
  const parts = {
    pglite: await pgliteVersion(),
    migrations: migrationsFor('replica', migrations).map(({ name, sql }) => [name, bareSql(sql)]),
    own: bareSql(own),
    base: bareSql(baseTablesSql),
    mutations: mutationSchemas(),
  };
  return createHash('sha256')
    .update(JSON.stringify(sorted(parts)))
    .digest('hex')
    .slice(0, 16);
}

/** Strips comments and collapses white space to single spaces. */
export function bareSql(sql: string): string {
  // Quoted text is kept unchanged, whatever it contains.
  return sql.replaceAll(/('(?:[^']|'')*')|(?:--[^\n]*|\s)+/g, (_, quoted: string | undefined) => quoted ?? ' ').trim();
}

/** Returns JSON schemas of the mutations' arguments as they are sent. */
function mutationSchemas(): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(mutationArgs).map(([name, schema]) => [
      name,
      z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
    ]),
  );
}

async function pgliteVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const text = await readFile(path.join(path.dirname(entry), '../package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** Returns the value with the keys of its objects sorted. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/**
 * Holds the database's checks to the list of package kinds, so that a new kind needs no migration. Replicas have no
 * such checks: their rows come from the server.
 */

import { assetType, packageType } from '../library/vocabulary.ts';
import type { MigrationConnection } from './migrate.ts';

const CHECKED = [
  { table: 'projects', column: 'type', words: packageType.options },
  { table: 'packages', column: 'type', words: packageType.options },
  { table: 'incoming', column: 'type', words: packageType.options },
  { table: 'assets', column: 'asset_type', words: assetType.options },
] as const;

/**
 * Replaces the checks that allow other words than the list has. Each replacement reads the whole table.
 *
 * @throws Error when rows have a word that the list has no longer.
 */
export async function alignKindChecks(connection: MigrationConnection): Promise<void> {
  const checks = await connection.query(
    `SELECT conname AS name, pg_get_constraintdef(oid) AS sql
    FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace`,
    [],
  );
  const definitions = new Map(checks.map(({ name, sql }) => [name, sql]));
  await connection.transaction(async (transaction) => {
    for (const { table, column, words } of CHECKED) {
      const check = `${table}_${column}_check`;
      const definition = definitions.get(check);
      // A database that has had only some migrations lacks some of the tables.
      if (definition === undefined || isSame(wordsOf(definition), words)) continue;
      const list = words.map((word) => `'${word}'`).join(', ');
      await transaction.exec(
        `ALTER TABLE ${table} DROP CONSTRAINT ${check}, ADD CONSTRAINT ${check} CHECK (${column} IN (${list}))`,
      );
    }
  });
}

function wordsOf(definition: string): string[] {
  return [...definition.matchAll(/'(\w+)'/g)].map(([, word = '']) => word);
}

function isSame(found: readonly string[], wanted: readonly string[]): boolean {
  return found.length === wanted.length && wanted.every((word) => found.includes(word));
}

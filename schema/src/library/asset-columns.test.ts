import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { expect, test } from 'vitest';
import { migrationsFor } from '../database/migrate.ts';
import { migratePGlite } from '../database/migrate-pglite.ts';
import { readMigrations } from '../database/migrate-server.ts';
import { quickPGlite } from '../testing/quick-pglite.ts';
import { type AssetColumnName, anyStepIs, assetColumnNames, assetColumns, columnsWith } from './asset-columns.ts';
import { shapes } from './shapes.ts';

const columnsQuery = `
  SELECT column_name AS name, data_type AS type, is_nullable = 'YES' AS nullable FROM information_schema.columns
  WHERE table_schema = 'public' AND table_name = 'assets' ORDER BY column_name`;

function described(names: readonly AssetColumnName[]) {
  return names.toSorted().map((name) => {
    const { type, row } = assetColumns[name];
    return {
      name,
      type: type === 'timestamptz' ? 'timestamp with time zone' : type,
      // Postgres alone: in a replica, rows may arrive before those that they refer to.
      nullable: row.type === 'nullable',
    };
  });
}

test('assetColumns: has the names, types and nullability of the table in a migrated Postgres', async () => {
  await using database = await createTestDatabase();
  expect([...(await database.sql.unsafe(columnsQuery))]).toEqual(described(assetColumnNames));
});

test('assetColumns: the replicated columns are those of the shape and of the table in a migrated replica', async () => {
  const replicated = columnsWith({ replicated: true });
  expect(shapes.assets.columns).toEqual(replicated);
  const replica = await PGlite.create({ ...(await quickPGlite()), extensions: { pg_trgm } });
  await migratePGlite(replica, migrationsFor('replica', await readMigrations()));
  const { rows } = await replica.query<{ name: string; type: string }>(columnsQuery);
  const named = ({ name, type }: { name: string; type: string }) => `${name} ${type}`;
  expect(rows.map(named)).toEqual(described(replicated).map(named));
  await replica.close();
});

test('anyStepIs: matches the condition of the index of pending assets', async () => {
  await using database = await createTestDatabase();
  const plan = await database.sql.begin(async (tx) => {
    await tx`SET LOCAL enable_seqscan = off`;
    return tx.unsafe(`EXPLAIN SELECT id FROM assets WHERE ${anyStepIs('pending')}`);
  });
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('assets_pending');
});

import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { expect, test } from 'vitest';
import { shapes } from '../library/shapes.ts';
import { quickPGlite } from '../testing/quick-pglite.ts';
import { MigrationChangedError, migrationsFor } from './migrate.ts';
import { migratePGlite } from './migrate-pglite.ts';
import { migrateServer, readMigrations } from './migrate-server.ts';

test('migrationsFor: selects files by the suffix before .sql, includes unsuffixed ones and sorts by number', () => {
  const files = ['0003_c.replica.sql', '0001_a.sql', '0002_b.server.sql'].map((name) => ({ name, sql: '' }));
  expect(migrationsFor('server', files).map((file) => file.name)).toEqual(['0001_a.sql', '0002_b.server.sql']);
  expect(migrationsFor('replica', files).map((file) => file.name)).toEqual(['0001_a.sql', '0003_c.replica.sql']);
});

test('migrateServer: a second run on the same Postgres changes nothing', async () => {
  await using database = await createTestDatabase({ migrated: false });
  expect((await migrateServer(database.sql)).length).toBeGreaterThan(0);
  expect(await migrateServer(database.sql)).toEqual([]);
});

test('migrateServer: applies each file once when two migrators run at the same time', async () => {
  await using database = await createTestDatabase({ migrated: false });
  const [first, second] = await Promise.all([migrateServer(database.sql), migrateServer(database.sql)]);
  expect([first.length, second.length].toSorted()).toEqual([0, Math.max(first.length, second.length)]);
});

test('migrate: builds a replica whose shape columns match the server’s, and a second run changes nothing', async () => {
  const replica = await PGlite.create({ ...(await quickPGlite()), extensions: { pg_trgm } });
  const files = migrationsFor('replica', await readMigrations());
  expect(await migratePGlite(replica, files)).toEqual(files.map((file) => file.name));
  expect(await migratePGlite(replica, files)).toEqual([]);

  await using server = await createTestDatabase();
  for (const { table, columns } of Object.values(shapes)) {
    const text = `SELECT column_name, data_type, udt_name FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = '${table}' AND column_name IN ('${columns.join("', '")}')
      ORDER BY column_name`;
    const { rows } = await replica.query(text);
    expect(rows).toHaveLength(columns.length);
    expect(rows).toEqual([...(await server.sql.unsafe(text))]);
  }
  await replica.close();
});

test('migrate: rejects a file that was changed after it was applied', async () => {
  const database = await PGlite.create(await quickPGlite());
  await migratePGlite(database, [{ name: '0001_a.sql', sql: 'CREATE TABLE a ()' }]);
  await expect(migratePGlite(database, [{ name: '0001_a.sql', sql: 'CREATE TABLE b ()' }])).rejects.toThrow(
    MigrationChangedError,
  );
  await database.close();
});

test('migrate: rolls back a failing file and names it in the error', async () => {
  const database = await PGlite.create(await quickPGlite());
  const broken = [{ name: '0001_a.sql', sql: 'CREATE TABLE a (); SELECT nonsense' }];
  await expect(migratePGlite(database, broken)).rejects.toThrow('Migration 0001_a.sql failed');
  await migratePGlite(database, [{ name: '0001_a.sql', sql: 'CREATE TABLE a ()' }]);
  await database.close();
});

import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { expect, test } from 'vitest';
import { migrateServer } from './migrate-server.ts';

test('migrateServer: makes the database’s checks allow the listed package kinds when they allow others', async () => {
  await using database = await createTestDatabase();
  const { sql } = database;
  await sql`
    ALTER TABLE projects DROP CONSTRAINT projects_type_check, ADD CONSTRAINT projects_type_check CHECK (type IN ('vfx'))`;
  const add = (name: string, type: string) =>
    sql`INSERT INTO projects (id, name, type) VALUES (gen_random_uuid(), ${name}, ${type})`;
  await expect(add('Harbour', 'atman')).rejects.toThrow('projects_type_check');

  expect(await migrateServer(sql)).toEqual([]);
  await add('Harbour', 'atman');
  await expect(add('Other', 'advert')).rejects.toThrow('projects_type_check');
});

test('migrateServer: fails and changes no check when rows have a kind that the list lacks', async () => {
  await using database = await createTestDatabase();
  const { sql } = database;
  await sql`ALTER TABLE packages DROP CONSTRAINT packages_type_check, ADD CONSTRAINT packages_type_check CHECK (type <> '')`;
  await sql`
    ALTER TABLE projects DROP CONSTRAINT projects_type_check, ADD CONSTRAINT projects_type_check CHECK (type IN ('vfx', 'advert'))`;
  await sql`INSERT INTO projects (id, name, type) VALUES (gen_random_uuid(), 'Old', 'advert')`;

  await expect(migrateServer(sql)).rejects.toThrow('projects_type_check');
  const [check] = await sql`
    SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = 'packages_type_check'`;
  expect(check?.['definition']).toContain('<>');
});

import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { expect, test } from 'vitest';
import { migrationsFor } from '../database/migrate.ts';
import { migrateServer, readMigrations } from '../database/migrate-server.ts';

test('migrateServer: keeps the tags, metadata, folders and pictures of a library from before slim rows', async () => {
  await using database = await createTestDatabase({ migrated: false });
  const { sql } = database;
  const before = migrationsFor('server', await readMigrations()).filter(({ name }) => name < '0004');
  await migrateServer(sql, before);
  const [project] =
    await sql`INSERT INTO projects (id, name, type) VALUES (gen_random_uuid(), 'P', 'vfx') RETURNING id`;
  const [found] = await sql`
    INSERT INTO packages (id, project_id, name, type, source_path)
    VALUES (gen_random_uuid(), ${project?.['id']}, 'K', 'vfx', '/media/k') RETURNING id`;
  await sql`
    INSERT INTO assets (
      id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at,
      tags, codec, frame_rate_numerator, frame_rate_denominator, probe_status, thumbnail_status, thumbnail_key
    )
    SELECT
      gen_random_uuid(), ${project?.['id']}, ${found?.['id']}, path, reverse(split_part(reverse(path), '/', 1)),
      'image', 'aligned', 1, now(), tags, codec, 24, 1, probe_status, thumbnail_status, thumbnail_key
    FROM (VALUES
      ('a.png', '{hero,keep}'::text[], 'png', 'ready', 'ready', 'ab-thumbnail-1.webp'),
      ('b/c/d.png', '{}', 'png', 'ready', 'failed', NULL),
      ('b/c/e.png', '{keep}', NULL, 'pending', 'pending', NULL)
    ) AS old(path, tags, codec, probe_status, thumbnail_status, thumbnail_key)`;

  expect(await migrateServer(sql)).toContain('0004_slim_assets.sql');

  const rows = await sql`
    SELECT
      relative_path, folders.path, codec, frame_rate_numerator AS rate,
      thumbnail_version = ('x' || left(md5(thumbnail_key), 8))::bit(32)::integer AS versioned,
      ARRAY(SELECT tag FROM asset_tags WHERE asset_id = assets.id ORDER BY tag) AS tags
    FROM assets
    JOIN folders ON folders.package_id = assets.package_id AND folders.number = assets.folder
    LEFT JOIN asset_metadata ON asset_metadata.asset_id = assets.id
    ORDER BY relative_path`;
  expect([...rows]).toEqual([
    { relative_path: 'a.png', path: '', codec: 'png', rate: 24, versioned: true, tags: ['hero', 'keep'] },
    { relative_path: 'b/c/d.png', path: 'b/c', codec: 'png', rate: 24, versioned: null, tags: [] },
    { relative_path: 'b/c/e.png', path: 'b/c', codec: null, rate: null, versioned: null, tags: ['keep'] },
  ]);
});

test('assets: a file moved to a new folder within its package gets that folder’s number', async () => {
  await using database = await createTestDatabase();
  const { sql } = database;
  const [project] =
    await sql`INSERT INTO projects (id, name, type) VALUES (gen_random_uuid(), 'P', 'vfx') RETURNING id`;
  const [found] = await sql`
    INSERT INTO packages (id, project_id, name, type, source_path)
    VALUES (gen_random_uuid(), ${project?.['id']}, 'K', 'vfx', '/media/k') RETURNING id`;
  await sql`
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at)
    SELECT gen_random_uuid(), ${project?.['id']}, ${found?.['id']}, path, 'a.png', 'image', 'aligned', 1, now()
    FROM unnest('{a.png,b/a.png,b/c/a.png}'::text[]) AS path`;
  await sql`UPDATE assets SET relative_path = 'b/d/a.png' WHERE relative_path = 'b/a.png'`;
  const rows = await sql`
    SELECT relative_path, number, path FROM assets
    JOIN folders ON folders.package_id = assets.package_id AND number = folder ORDER BY relative_path`;
  expect([...rows]).toEqual([
    { relative_path: 'a.png', number: 1, path: '' },
    { relative_path: 'b/c/a.png', number: 3, path: 'b/c' },
    { relative_path: 'b/d/a.png', number: 4, path: 'b/d' },
  ]);
});

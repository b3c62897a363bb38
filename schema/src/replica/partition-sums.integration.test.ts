import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { expect, test } from 'vitest';
import { migrationsFor } from '../database/migrate.ts';
import { migratePGlite } from '../database/migrate-pglite.ts';
import { readMigrations } from '../database/migrate-server.ts';
import { shapes } from '../library/shapes.ts';
import { quickPGlite } from '../testing/quick-pglite.ts';
import { partitionSumsSql } from './partition-sums.ts';

const library = `
  INSERT INTO projects (id, name, type, tags) VALUES ('01900000-0000-7000-8000-000000000001', 'Größe “é”', 'vfx', '{a,"b c"}');
  INSERT INTO subjects (id, project_id, name) VALUES ('01900000-0000-7000-8000-000000000011', '01900000-0000-7000-8000-000000000001', 'jane');
  INSERT INTO packages (id, project_id, name, type, source_path, proposal) VALUES
    ('01900000-0000-7000-8000-000000000021', '01900000-0000-7000-8000-000000000001', 'one', 'vfx', '/one',
      '{"source":"rules","confidence":0.30000000000000004,"signals":{"b":true,"a":false},"evidence":["98 %"]}'),
    ('01900000-0000-7000-8000-000000000022', '01900000-0000-7000-8000-000000000001', 'two', 'vfx', '/two', NULL);
  INSERT INTO packages_subjects VALUES
    ('01900000-0000-7000-8000-000000000021', '01900000-0000-7000-8000-000000000011', '01900000-0000-7000-8000-000000000001');
  INSERT INTO runs (id, project_id, package_id) VALUES
    ('01900000-0000-7000-8000-000000000031', '01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000021');
  INSERT INTO incoming (id, project_id, source_path, name, status, file_count, size_bytes, changed_at, proposal, tags) VALUES
    ('01900000-0000-7000-8000-000000000071', '01900000-0000-7000-8000-000000000001', '/in/Größe', 'Größe', 'proposed', 3, 123456789012,
      '2026-02-03 04:05:06.789012Z', '{"source":"rules","confidence":0.1,"signals":{"b":true,"a":false}}', '{a,"b c"}');
  INSERT INTO saved_filters (id, name, address) VALUES ('01900000-0000-7000-8000-000000000041', 'mine', '/packages');
  INSERT INTO corrections (id, project_id, kind, name, value) VALUES
    ('01900000-0000-7000-8000-000000000081', '01900000-0000-7000-8000-000000000001', 'person', 'JD', 'Größe');
  INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at, duration_seconds, pitch, yaw, placeholder)
  SELECT ('01900000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'))::uuid, '01900000-0000-7000-8000-000000000001',
    ('01900000-0000-7000-8000-00000000002' || 1 + i % 2)::uuid, 'folder/' || i, i::text, 'image', 'aligned',
    i * 123456789012, timestamptz '1969-07-20 20:17:40.123456Z' + i * interval '7 days 1 microsecond', i / 7.0, -i / 3.0, 0.1 + i / 1e9, decode(md5(i::text), 'hex')
  FROM generate_series(1, 50) AS i;
  INSERT INTO asset_tags SELECT id, 'tag', package_id, project_id FROM assets;
  INSERT INTO asset_metadata SELECT id, package_id, 24000, 1001, 'h264' FROM assets;
  UPDATE asset_metadata SET details = '{"exif":{"lens":"50 mm “é”"},"aspect":1.8999999999999999}';
  SELECT add_count_changes();
  INSERT INTO mutations (id, client, name, status) VALUES
    ('01900000-0000-7000-8000-000000000051', '01900000-0000-7000-8000-000000000061', 'assets.tag', 'applied');`;

test('partitionSumsSql: equal rows have equal sums in Postgres and PGlite in any time zone; different rows do not', async () => {
  await using server = await createTestDatabase();
  await server.sql.unsafe(library);
  const replica = await PGlite.create({ ...(await quickPGlite()), extensions: { pg_trgm } });
  await migratePGlite(replica, migrationsFor('replica', await readMigrations()));
  await replica.exec(
    `SET session_replication_role = replica; SET TimeZone = 'Asia/Kathmandu'; SET extra_float_digits = -3`,
  );
  for (const shape of Object.values(shapes)) {
    const { table, columns } = shape;
    const [row] = await server.sql.unsafe(
      `SELECT json_agg(row)::text AS rows FROM (SELECT ${columns.join(', ')} FROM ${table}) AS row`,
    );
    await replica.query(
      `INSERT INTO ${table} (${columns.join(', ')})
       SELECT ${columns.join(', ')} FROM json_populate_recordset(NULL::${table}, $1::text::json)`,
      [row?.['rows']],
    );
    const text = `SELECT * FROM (${partitionSumsSql(shape, table)}) AS sums ORDER BY package_id`;
    const expected = [...(await server.sql.unsafe(text))];
    expect(expected.length).toBeGreaterThan(0);
    expect([table, (await replica.query(text)).rows]).toEqual([table, expected]);
  }

  const assets = `SELECT * FROM (${partitionSumsSql(shapes.assets, 'assets')}) AS sums ORDER BY package_id`;
  const before = (await replica.query(assets)).rows;
  await replica.exec(`UPDATE assets SET modified_at = modified_at + interval '1 microsecond' WHERE name = '8'`);
  const after = (await replica.query(assets)).rows;
  expect(after[0]).not.toEqual(before[0]);
  expect(after[1]).toEqual(before[1]);
  await replica.close();
});

import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrationsFor } from '../database/migrate.ts';
import { migratePGlite } from '../database/migrate-pglite.ts';
import { readMigrations } from '../database/migrate-server.ts';
import { quickPGlite } from '../testing/quick-pglite.ts';
import { searchStatement } from './search.ts';

const ID = '00000000-0000-7000-8000-000000000001';
let replica: PGlite;
beforeAll(async () => {
  // With small buffers, a scan of a large table would begin where the previous one stopped.
  const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=1MB'];
  replica = await PGlite.create({ ...(await quickPGlite()), extensions: { pg_trgm }, startParams });
  await migratePGlite(replica, migrationsFor('replica', await readMigrations()));
  await replica.exec(`
    SET session_replication_role = replica;
    INSERT INTO projects (id, name, type) VALUES ('${ID}', 'Northlight', 'vfx');
    INSERT INTO packages (id, project_id, name, type, source_path) VALUES ('${ID}', '${ID}', 'delivery', 'vfx', '/mnt');
    INSERT INTO assets (id, project_id, package_id, folder, name, file_type, asset_type, size_bytes, modified_at)
    SELECT gen_random_uuid(), '${ID}', '${ID}', 1, number || '.png', 'image', 'plate', 1, now()
    FROM generate_series(1, 5000) AS number;
    ANALYZE;`);
});
afterAll(() => replica.close());

test('searchStatement: returns the same rows each time for a text in more names than are ranked', async () => {
  const statement = searchStatement('assets', '.png', { after: null, limit: 2000, projects: null });
  const found = async () => (await replica.query(statement?.text ?? '', [...(statement?.values ?? [])])).rows;
  const first = await found();
  expect(first).toHaveLength(1000);
  expect(await found()).toEqual(first);
});

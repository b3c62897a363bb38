import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { expect, test, vi } from 'vitest';
import { addCounts } from './add-counts.ts';

test('addCounts: adds up what statements noted, and ends with its signal', async () => {
  await using database = await createTestDatabase();
  const { sql } = database;
  const stop = new AbortController();
  const running = addCounts({ sql, signal: stop.signal });
  await sql.unsafe(`
    INSERT INTO projects (id, name, type) VALUES ('00000000-0000-7000-8000-000000000001', 'P', 'vfx');
    INSERT INTO packages (id, project_id, name, type, source_path)
    VALUES ('00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000001', 'one', 'vfx', '/one');
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at)
    VALUES (gen_random_uuid(), '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000021', 'a', 'a', 'image', 'aligned', 10, now())`);
  await vi.waitUntil(async () => (await sql`SELECT FROM hourly_counts WHERE asset_count = 1`).length === 1, 10_000);
  expect(await sql`SELECT FROM count_changes`).toHaveLength(0);
  stop.abort();
  await running;
});

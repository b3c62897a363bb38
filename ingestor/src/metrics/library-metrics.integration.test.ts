import { tmpdir } from 'node:os';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { connect } from '../sql/client.ts';
import { addLibraryMetrics } from './library-metrics.ts';
import { createMetrics } from './metrics.ts';

test('addLibraryMetrics reports runs, waiting work and roots, and only the outage when the database is away', async () => {
  await using database = await createTestDatabase();
  const { sql } = database;
  const [project, delivery] = [uuid(), uuid()];
  await sql`INSERT INTO projects (id, name, type) VALUES (${project}, 'Demo', 'vfx')`;
  await sql`
    INSERT INTO packages (id, project_id, name, type, source_path)
    VALUES (${delivery}, ${project}, 'day_1', 'vfx', '/mnt/day_1')`;
  await sql`INSERT INTO runs (id, project_id, package_id) VALUES (${uuid()}, ${project}, ${delivery})`;
  await sql`
    INSERT INTO media_roots (id, host, path, has_sentinel, problem)
    VALUES ('a', 'nas', '/mnt', true, NULL), ('b', 'nas', '/gone', true, 'It is not mounted.'), ('c', 'other', '/x', true, NULL)`;
  const own = connect(database.url, { max: 1 });
  const metrics = createMetrics();
  addLibraryMetrics(metrics, { sql: own, host: 'nas', derivativeFolder: tmpdir() });

  const text = await metrics.text();
  expect(text).toMatch(/^ihub_postgres_up 1$/m);
  expect(text).toMatch(/^ihub_runs\{status="queued"\} 1$/m);
  expect(text).toMatch(/^ihub_runs\{status="done"\} 0$/m);
  expect(text).toMatch(/^ihub_media_root_present\{path="\/mnt"\} 1$/m);
  expect(text).toMatch(/^ihub_media_root_present\{path="\/gone"\} 0$/m);
  expect(text).not.toContain('/x');
  expect(text).toMatch(/^ihub_derivative_folder_free_bytes \d+$/m);

  await own.end();
  const away = await metrics.text();
  expect(away).toMatch(/^ihub_postgres_up 0$/m);
  expect(away).not.toContain('ihub_runs{');
});

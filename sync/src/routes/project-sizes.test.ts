import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { projectSizesAnswer } from '@ingesthub/schema/replica/working-set.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertTestLibrary } from '../testing/test-library.ts';
import { projectSizesRoute } from './project-sizes.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

test('GET /api/project-sizes: counts each project’s assets without deleted ones, and dates its last package change', async () => {
  const { sql } = database;
  const { projectId, packageId, assetIds } = await insertTestLibrary(sql, { assets: 5 });
  const empty = uuid();
  await sql`INSERT INTO projects (id, name, type, deleted_at) VALUES (${empty}, 'Empty', 'vfx', now())`;
  await sql`UPDATE assets SET deleted_at = now() WHERE id = ${assetIds[0] ?? ''}`;
  const [changed] = await sql<[{ updated_at: Date }]>`
    UPDATE packages SET description = 'New' WHERE id = ${packageId} RETURNING updated_at`;
  const route = projectSizesRoute({ sql });
  const answer = await route.request('/');
  const { projects } = projectSizesAnswer.parse(await answer.json());
  const sizes = new Map(projects.map(({ id, ...size }) => [id, size]));
  expect(sizes.get(projectId)).toEqual({
    asset_count: 4,
    size_bytes: 4000,
    active_at: changed.updated_at,
    deleted: false,
  });
  expect(sizes.get(empty)).toMatchObject({ asset_count: 0, size_bytes: 0, deleted: true });
});

import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { type SearchRow, searchAnswer } from '@ingesthub/schema/replica/search.ts';
import { packageAssetsAnswer, packageSummariesAnswer } from '@ingesthub/schema/replica/server-answers.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertTestLibrary, type TestLibrary } from '../testing/test-library.ts';
import { packageAssetsRoute } from './package-assets.ts';
import { packageSummariesRoute } from './package-summaries.ts';
import { searchRoute } from './search.ts';

let database: TestDatabase;
let library: TestLibrary;
let other: TestLibrary;
beforeAll(async () => {
  database = await createTestDatabase();
  const { sql } = database;
  // The assets are named 1.png, 2.png, …
  library = await insertTestLibrary(sql, { assets: 25 });
  other = await insertTestLibrary(sql, { assets: 3 });
  await sql`UPDATE assets SET relative_path = 'day_02/Walk_Jane.mov', name = 'Walk_Jane.mov' WHERE id = ${library.assetIds[0] ?? ''}`;
  await sql`UPDATE assets SET relative_path = 'jane_%.mov', name = 'jane_%.mov' WHERE id = ${other.assetIds[0] ?? ''}`;
  await sql`UPDATE assets SET deleted_at = now() WHERE id = ${other.assetIds[1] ?? ''}`;
  await sql`
    INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
    SELECT ${library.assetIds[0] ?? ''}, tag, ${library.packageId}, ${library.projectId} FROM unnest('{b,a}'::text[]) AS tag`;
});
afterAll(() => database[Symbol.asyncDispose]());

describe('GET /api/search', () => {
  async function search(kind: string, q: string, more: Record<string, string> = {}): Promise<SearchRow[]> {
    const response = await searchRoute(database).request(`/?${new URLSearchParams({ kind, q, ...more })}`);
    expect(response.status).toBe(200);
    return searchAnswer.parse(await response.json()).rows;
  }

  test('returns rows in the order of a browser’s own search, with their locations', async () => {
    expect(await search('assets', 'JANE')).toMatchObject([
      { name: 'jane_%.mov', rank: 1, folder_path: '', package_id: other.packageId },
      { name: 'Walk_Jane.mov', rank: 2, folder_path: 'day_02', file_type: 'image' },
    ]);
    expect(await search('assets', '_%.')).toMatchObject([{ name: 'jane_%.mov' }]);
    expect(await search('assets', 'jane walk')).toMatchObject([{ name: 'Walk_Jane.mov', rank: 2 }]);
    expect(await search('assets', 'walk-jane mov')).toMatchObject([{ name: 'Walk_Jane.mov', rank: 0 }]);
    expect(await search('folders', 'day')).toMatchObject([{ name: 'day_02', project_id: library.projectId }]);
    expect(await search('projects', library.projectId)).toMatchObject([{ id: library.projectId }]);
    expect(await search('assets', 'ja')).toEqual([]);
  });

  test('searches only the requested projects and skips deleted rows', async () => {
    const found = await search('assets', '.png', { projects: other.projectId });
    expect(found.map(({ id }) => id)).toEqual([other.assetIds[2]]);
    expect(await search('packages', 'pack', { projects: library.projectId })).toHaveLength(1);
  });

  test('returns pages without gaps or repetitions', async () => {
    const ids: string[] = [];
    for (let after: SearchRow | undefined; ; ) {
      const cursor = after ? { rank: String(after.rank), age: String(after.age), id: after.id } : {};
      const page = await search('assets', '.png', { limit: '10', ...cursor });
      ids.push(...page.map(({ id }) => id));
      after = page.at(-1);
      if (page.length < 10) break;
    }
    expect(ids.toSorted()).toEqual([...library.assetIds.slice(1), other.assetIds[2]].toSorted());
  });

  test('puts an exact match first and no deleted name before others, even with more matches than it ranks', async () => {
    const { sql } = database;
    const names = async ({ packageId }: TestLibrary, text: string) =>
      sql`UPDATE assets SET name = ${text} || name WHERE package_id = ${packageId}`;
    const [gone, many, few] = [1001, 1001, 2];
    const libraries = [];
    for (const assets of [gone, many, few]) libraries.push(await insertTestLibrary(sql, { assets }));
    const [deleted, crowd, last] = libraries as [TestLibrary, TestLibrary, TestLibrary];
    await names(deleted, 'ghost_');
    await sql`UPDATE packages SET deleted_at = now() WHERE id = ${deleted.packageId}`;
    await names(crowd, 'plate_crowd.exr_');
    await sql`UPDATE assets SET name = 'ghost.exr' WHERE id = ${last.assetIds[0] ?? ''}`;
    await sql`UPDATE assets SET name = 'crowd.exr' WHERE id = ${last.assetIds[1] ?? ''}`;
    expect(await search('assets', 'ghost')).toMatchObject([{ name: 'ghost.exr' }]);
    expect((await search('assets', 'Crowd.exr'))[0]).toMatchObject({ name: 'crowd.exr', rank: 0 });
  });

  test('finds names by Postgres’ own lower case', async () => {
    const { sql } = database;
    const { assetIds } = await insertTestLibrary(sql, { assets: 1 });
    await sql`UPDATE assets SET name = 'ΟΔΟΣ' WHERE id = ${assetIds[0] ?? ''}`;
    expect(await search('assets', 'ΟΔΟΣ')).toMatchObject([{ name: 'ΟΔΟΣ', rank: 0 }]);
  });

  test('uses an index for names', async () => {
    const [found] = await database.sql`SELECT FROM pg_extension WHERE extname = 'pg_trgm'`;
    const indexes = await database.sql`SELECT FROM pg_indexes WHERE indexname = 'assets_name_search'`;
    expect(indexes.length).toBe(found ? 1 : 0);
  });

  test.each([
    '',
    '?kind=assets',
    '?kind=mutations&q=a',
    '?kind=assets&q=abc&projects=x',
    '?kind=assets&q=abc&limit=0',
    '?kind=assets&q=a%00bc',
    '?kind=assets&q=abc&rank=1e12&age=1&id=a',
    '?kind=assets&q=abc&rank=1&age=&id=a',
    '?kind=assets&q=abc&rank=1',
    '?kind=assets&q=abc&rank=1&age=1e999&id=a',
  ])('rejects “%s”', async (query) => {
    expect((await searchRoute(database).request(`/${query}`)).status).toBe(400);
  });
});

describe('GET /api/package-assets', () => {
  async function list(more: Record<string, string> = {}) {
    const query = new URLSearchParams({ package: library.packageId, ...more });
    const response = await packageAssetsRoute(database).request(`/?${query}`);
    return packageAssetsAnswer.parse(await response.json()).assets;
  }

  test('lists a package’s assets by name, with paths and tags, page by page', async () => {
    const all = await list();
    expect(all).toHaveLength(25);
    expect(all.at(-1)).toMatchObject({ relative_path: 'day_02/Walk_Jane.mov', tags: ['a', 'b'] });
    const first = await list({ limit: '10' });
    const rest = await list({ after: first.at(-1)?.id ?? '' });
    expect([...first, ...rest]).toEqual(all);
    expect((await list({ text: 'DAY_02/' })).map(({ name }) => name)).toEqual(['Walk_Jane.mov']);
    expect(await list({ package: uuid() })).toEqual([]);
  });

  test('rejects a missing package, an impossible text and an asset of another package as cursor', async () => {
    const ofPackage = `package=${library.packageId}`;
    for (const query of [
      'text=a',
      `${ofPackage}&text=a%00`,
      `${ofPackage}&after=${uuid()}`,
      `${ofPackage}&after=${other.assetIds[0]}`,
    ])
      expect((await packageAssetsRoute(database).request(`/?${query}`)).status).toBe(400);
  });
});

test('GET /api/package-summaries: summarizes the packages of one project', async () => {
  const response = await packageSummariesRoute(database).request(`/?project=${other.projectId}`);
  expect(packageSummariesAnswer.parse(await response.json()).packages).toMatchObject([
    { package_id: other.packageId, asset_count: 2, size_bytes: 2000, duration_seconds: null },
  ]);
  expect((await packageSummariesRoute(database).request('/')).status).toBe(400);
});

import { readMigrations } from '@ingesthub/schema/database/migrate-server.ts';
import type { SearchCursor, SearchKind, SearchRow } from '@ingesthub/schema/replica/search.ts';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { beforeAll, expect, test } from 'vitest';
import { createMemoryReplica, type MemoryReplica } from '../testing/memory-replica.ts';
import { PROJECT_ID, seedAssets, seedLibrary } from '../testing/seed.ts';
import { searchQuery } from './search.ts';

let replica: MemoryReplica;
beforeAll(async () => {
  const assets = [
    { relative_path: 'day_02/walk_jane.mov', modified_at: '2026-01-01T00:00:00Z' },
    { relative_path: 'day_02/ajane.mov', modified_at: '2026-01-09T00:00:00Z' },
    { relative_path: 'jane/jane.mov', modified_at: '2026-01-02T00:00:00Z' },
    { relative_path: 'jane/jane_2.mov', modified_at: '2026-01-03T00:00:00Z' },
    { relative_path: 'jane/jane_3.mov', modified_at: '2026-01-04T00:00:00Z' },
    { relative_path: 'jane/jane_gone.mov', deleted_at: '2026-01-04T00:00:00Z' },
    { relative_path: 'jane/100%.mov' },
  ];
  replica = await createMemoryReplica(await readMigrations(), `${seedLibrary} ${seedAssets(assets)}`, {
    pglite: await quickPGlite(),
  });
});

async function found(kind: SearchKind, text: string, page: { after?: SearchCursor; limit?: number } = {}) {
  const query = searchQuery(kind, text, { after: page.after ?? null, limit: page.limit ?? 50 });
  return query === null ? [] : replica.query<SearchRow>(query.statement);
}
const names = async (...asked: Parameters<typeof found>) => (await found(...asked)).map(({ name }) => name);

test('searchQuery: ranks exact matches before prefixes, words and other parts, then the latest first', async () => {
  expect(await names('assets', ' Jane')).toEqual([
    'jane_3.mov',
    'jane_2.mov',
    'jane.mov',
    'walk_jane.mov',
    'ajane.mov',
  ]);
  expect((await names('assets', 'JANE.mov'))[0]).toBe('jane.mov');
  expect(await names('assets', '0%.')).toEqual(['100%.mov']);
});

test('searchQuery: takes words in any order, and separators for spaces', async () => {
  expect(await names('assets', 'jane walk')).toEqual(['walk_jane.mov']);
  expect(await names('assets', 'walk-jane.mov')).toEqual(['walk_jane.mov']);
  expect((await found('assets', 'walk jane mov'))[0]?.rank).toBe(0);
  expect((await found('assets', 'mov walk'))[0]?.rank).toBe(2);
  expect(await names('assets', 'walkxjane')).toEqual([]);
  expect(await names('folders', '02 day')).toEqual(['day_02']);
});

test('searchQuery: returns pages without gaps or repetitions', async () => {
  const all = await names('assets', 'jane');
  const paged: string[] = [];
  let after: SearchRow | undefined;
  do {
    const page = await found('assets', 'jane', { limit: 2, ...(after && { after }) });
    paged.push(...page.map(({ name }) => name));
    after = page.at(-1);
  } while (after);
  expect(paged).toEqual(all);
});

test('searchQuery: finds projects, subjects, packages and folders, with the names of their parents', async () => {
  expect(await found('projects', 'north')).toMatchObject([{ name: 'Northlight', package_id: null }]);
  expect(await found('subjects', 'doe')).toMatchObject([{ name: 'jane_doe', project_name: 'Northlight', rank: 2 }]);
  expect(await names('packages', 'delivery')).toHaveLength(2);
  expect(await found('folders', 'day')).toMatchObject([{ name: 'day_02', package_name: 'delivery_03' }]);
  expect(await names('assets', 'ja')).toEqual([]);
  expect(await names('projects', '')).toEqual([]);
});

test('searchQuery: finds nothing in a deleted project', async () => {
  await replica.exec(`UPDATE projects SET deleted_at = now() WHERE id = '${PROJECT_ID}'`);
  expect([
    ...(await names('projects', 'north')),
    ...(await names('folders', 'day')),
    ...(await names('assets', 'jane')),
  ]).toEqual([]);
});

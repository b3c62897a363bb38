import { readMigrations } from '@ingesthub/schema/database/migrate-server.ts';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { beforeAll, expect, test } from 'vitest';
import type { Scope } from '../replica/model/mirror-questions.ts';
import { createMemoryReplica, type MemoryReplica } from '../testing/memory-replica.ts';
import { EMPTY_PACKAGE_ID, PACKAGE_ID, PROJECT_ID, SUBJECT_ID, seedAssets, seedLibrary } from '../testing/seed.ts';
import { emptyAssetFilter } from './asset-filter.ts';
import { assetQuestion } from './asset-question.ts';
import { type ScopeTotalRow, scopeTotalQuery } from './asset-scope.ts';
import { type AssetTile, assetTilesQuery } from './assets.ts';
import { type FirstPageRow, firstPageQuery } from './first-page.ts';

const OTHER_PROJECT_ID = '01900000-0000-7000-8000-000000000002';
const OTHER_PACKAGE_ID = '01900000-0000-7000-8000-000000000029';
const scopes: readonly Scope[] = [
  { kind: 'package', id: PACKAGE_ID },
  { kind: 'project', id: PROJECT_ID },
  { kind: 'subject', id: SUBJECT_ID },
  { kind: 'library' },
];

let replica: MemoryReplica;
beforeAll(async () => {
  const names = Array.from({ length: 9 }, (_, index) => `${String.fromCharCode(105 - index)}.png`);
  replica = await createMemoryReplica(await readMigrations(), seedLibrary, { pglite: await quickPGlite() });
  await replica.exec(`
    INSERT INTO projects (id, name, type) VALUES ('${OTHER_PROJECT_ID}', 'Harbour', 'vfx');
    INSERT INTO packages (id, project_id, name, type, status, source_path)
    VALUES ('${OTHER_PACKAGE_ID}', '${OTHER_PROJECT_ID}', 'day_01', 'vfx', 'ready', '/mnt/nas/harbour/day_01');
    ${seedAssets(names.map((relative_path) => ({ relative_path })))}
    UPDATE assets SET package_id = '${EMPTY_PACKAGE_ID}' WHERE name IN ('b.png', 'e.png');
    UPDATE assets SET package_id = '${OTHER_PACKAGE_ID}', project_id = '${OTHER_PROJECT_ID}', subject_id = NULL
    WHERE name IN ('c.png', 'h.png');
    UPDATE assets SET sidecar_of = 'A001' WHERE name = 'a.png';
    UPDATE assets SET deleted_at = now() WHERE name = 'i.png';`);
});

async function names(scope: Scope, descending: boolean, indexed: boolean): Promise<string[]> {
  const statement = firstPageQuery(scope, { ...emptyAssetFilter, descending }, indexed);
  const ids = statement ? (await replica.query<FirstPageRow>(statement)).map(({ id }) => id) : [];
  const tiles = await replica.query<AssetTile>(assetTilesQuery(scope, ids).statement);
  return ids.map((id) => tiles.find((tile) => tile.id === id)?.name ?? 'no tile');
}
async function listed(scope: Scope, descending: boolean): Promise<string[]> {
  const question = assetQuestion(scope, { ...emptyAssetFilter, descending }, { names: { subjects: [], packages: [] } });
  const list = await replica.ask(question, 'test');
  const ids = list?.order.slice(0, list.order.length) ?? [];
  const tiles = await replica.query<AssetTile>(assetTilesQuery(scope, ids).statement);
  return ids.map((id) => tiles.find((tile) => tile.id === id)?.name ?? 'no tile');
}

test.each(scopes)(
  'firstPageQuery: begins the list of a $kind as the mirror does, with and without indexes',
  async (scope) => {
    for (const descending of [false, true]) {
      const whole = await listed(scope, descending);
      expect(whole.length).toBeGreaterThan(2);
      expect(await names(scope, descending, true)).toEqual(whole);
      expect(await names(scope, descending, false)).toEqual(whole);
    }
  },
);

test.each(scopes)('scopeTotalQuery: counts what the list of a $kind has', async (scope) => {
  const [row] = await replica.query<ScopeTotalRow>(scopeTotalQuery(scope).statement);
  expect(row?.asset_count).toBe((await listed(scope, false)).length);
});

test('assetTilesQuery: names the package where a list may have several', async () => {
  const ids = (
    await replica.query<{ id: string }>({ text: `SELECT id FROM assets WHERE name = 'c.png'`, values: [] })
  ).map(({ id }) => id);
  const packageOf = async (scope: Scope) =>
    (await replica.query<AssetTile>(assetTilesQuery(scope, ids).statement)).map((tile) => tile.package_name);
  expect(await packageOf({ kind: 'library' })).toEqual(['day_01']);
  expect(await packageOf({ kind: 'package', id: OTHER_PACKAGE_ID })).toEqual([null]);
});

test('scopes: leave out a deleted package of a project, and a deleted project of the library', async () => {
  await replica.exec(`UPDATE packages SET deleted_at = now() WHERE id = '${EMPTY_PACKAGE_ID}'`);
  expect(await names({ kind: 'project', id: PROJECT_ID }, false, true)).toEqual(['d.png', 'f.png', 'g.png']);
  expect(await names({ kind: 'subject', id: SUBJECT_ID }, false, true)).toEqual(['d.png', 'f.png', 'g.png']);
  await replica.exec(`UPDATE projects SET deleted_at = now() WHERE id = '${PROJECT_ID}'`);
  expect(await names({ kind: 'library' }, false, true)).toEqual(['c.png', 'h.png']);
});

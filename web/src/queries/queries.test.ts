import { readMigrations } from '@ingesthub/schema/migrate-server.ts';
import { beforeAll, expect, test } from 'vitest';
import type { LiveQueryInput } from '../replica/create-live-query.ts';
import { createMemoryReplica, type MemoryReplica } from '../replica-testing/memory-replica.ts';
import {
  EMPTY_PACKAGE_ID,
  PACKAGE_ID,
  PROJECT_ID,
  type SeedAsset,
  seedAssets,
  seedLibrary,
} from '../replica-testing/seed.ts';
import { type AssetFacetRow, assetFacetsQuery, countBy } from './asset-facets.ts';
import { type AssetFilter, emptyAssetFilter, escapeLike, isFiltering } from './asset-filter.ts';
import { AssetOrder, type AssetOrderRow, assetOrderQuery } from './asset-order.ts';
import { type AssetDetail, type AssetTile, assetDetailQuery, assetTilesQuery } from './assets.ts';
import { type PackageListRow, packageListQuery, packageQuery, packageSummaryQuery } from './packages.ts';
import { type ProjectListRow, type ProjectTotalsRow, projectListQuery, projectTotalsQuery } from './projects.ts';
import { packageTagsQuery, type TagCountRow, tagsOfAssetsQuery } from './tag-counts.ts';

const assets: SeedAsset[] = [
  { relative_path: 'aligned/A001_0001_0.png', tags: ['hero', 'smile'], size_bytes: 30 },
  { relative_path: 'aligned/A001_0002_0.png', tags: ['hero'], review_status: 'approved', size_bytes: 10 },
  { relative_path: 'aligned/100%.png', tags: ['smile'], review_status: 'rejected', size_bytes: 20 },
  { relative_path: 'aligned/1000.png', size_bytes: 20 },
  { relative_path: 'aligned/back\\slash.png', size_bytes: 20 },
  { relative_path: 'grid/ÄPFEL.mov', file_type: 'video', asset_type: 'grid', duration_seconds: 2, tags: ['hero'] },
  { relative_path: 'grid/short.mov', file_type: 'video', asset_type: 'grid', duration_seconds: 1 },
  { relative_path: 'other/ÄPFEL.mov', file_type: 'video', asset_type: 'grid' },
];

let replica: MemoryReplica;
beforeAll(async () => {
  replica = await createMemoryReplica(await readMigrations());
  await replica.exec(`${seedLibrary}; ${seedAssets(assets)}`);
});

function rows<Row extends object>(query: LiveQueryInput): Promise<Row[]> {
  return replica.query<Row>(query.statement);
}
async function order(filter: Partial<AssetFilter>): Promise<AssetOrder> {
  return new AssetOrder(
    (await rows<AssetOrderRow>(assetOrderQuery(PACKAGE_ID, { ...emptyAssetFilter, ...filter })))[0],
  );
}
/** The matching paths, in order. */
async function paths(filter: Partial<AssetFilter>): Promise<string[]> {
  const list = await order(filter);
  const tiles = await rows<AssetTile>(assetTilesQuery(list.slice(0, list.length)));
  const byId = new Map(tiles.map((tile) => [tile.id, tile.relative_path]));
  return list.slice(0, list.length).map((id) => byId.get(id) ?? 'no such asset');
}

test('assetCondition: values of one list are alternatives, tags and different lists must all hold', async () => {
  expect(await paths({ reviewStatuses: ['approved', 'rejected'] })).toEqual([
    'aligned/100%.png',
    'aligned/A001_0002_0.png',
  ]);
  expect(await paths({ tags: ['hero', 'smile'] })).toEqual(['aligned/A001_0001_0.png']);
  expect(await paths({ tags: ['hero'], fileTypes: ['video'], assetTypes: ['grid'] })).toEqual(['grid/ÄPFEL.mov']);
  expect(await paths({ tags: ['hero'], fileTypes: ['video'], reviewStatuses: ['approved'] })).toEqual([]);
  expect(await paths({})).toHaveLength(assets.length);
});

test('assetCondition: the text is a part of the path in any case, and %, _ and \\ stand for themselves', async () => {
  expect(await paths({ text: '100%' })).toEqual(['aligned/100%.png']);
  expect(await paths({ text: '0_0' })).toEqual([]);
  expect(await paths({ text: '1_0.P' })).toEqual(['aligned/A001_0001_0.png']);
  expect(await paths({ text: 'k\\s' })).toEqual(['aligned/back\\slash.png']);
  expect(await paths({ text: 'GRID/äpf' })).toEqual(['grid/ÄPFEL.mov']);
  expect(escapeLike('100%_\\')).toBe('100\\%\\_\\\\');
});

test('assetOrderQuery: equal values are ordered by id, both ways round, and unknown durations come last', async () => {
  const tied = ['aligned/100%.png', 'aligned/1000.png', 'aligned/back\\slash.png'];
  const bySize = await paths({ sort: 'size', fileTypes: ['image'] });
  expect(bySize).toEqual(['aligned/A001_0002_0.png', ...tied, 'aligned/A001_0001_0.png']);
  expect(await paths({ sort: 'size', descending: true, fileTypes: ['image'] })).toEqual(bySize.toReversed());

  const videos = { sort: 'duration', fileTypes: ['video'] } satisfies Partial<AssetFilter>;
  expect(await paths(videos)).toEqual(['grid/short.mov', 'grid/ÄPFEL.mov', 'other/ÄPFEL.mov']);
  expect(await paths({ ...videos, descending: true })).toEqual(['grid/ÄPFEL.mov', 'grid/short.mov', 'other/ÄPFEL.mov']);
});

test('AssetOrder: finds what it holds, and nothing outside or astride its ids', async () => {
  const list = await order({});
  const second = list.at(1) ?? '';
  expect(list.indexOf(second)).toBe(1);
  expect(list.at(-1)).toBeUndefined();
  expect(list.at(list.length)).toBeUndefined();
  expect(list.slice(-5, 2)).toEqual([list.at(0), second]);
  expect(list.slice(list.length - 1, list.length + 9)).toEqual([list.at(list.length - 1)]);
  expect(list.indexOf(PACKAGE_ID)).toBe(-1);
  expect(list.indexOf('')).toBe(-1);
  expect(new AssetOrder(undefined).length).toBe(0);
  expect((await order({ text: 'no such thing' })).length).toBe(0);
});

test('isFiltering: a sort leaves nothing out', () => {
  expect(isFiltering({ ...emptyAssetFilter, sort: 'size', descending: true })).toBe(false);
  expect(isFiltering({ ...emptyAssetFilter, tags: ['hero'] })).toBe(true);
});

test('assetFacetsQuery, packageTagsQuery: count what the package holds', async () => {
  const facets = await rows<AssetFacetRow>(assetFacetsQuery(PACKAGE_ID));
  expect(Object.fromEntries(countBy(facets, 'file_type'))).toEqual({ image: 5, video: 3 });
  expect(Object.fromEntries(countBy(facets, 'review_status'))).toEqual({ unreviewed: 6, approved: 1, rejected: 1 });
  expect(await rows<TagCountRow>(packageTagsQuery(PACKAGE_ID))).toEqual([
    { tag: 'hero', asset_count: 3 },
    { tag: 'smile', asset_count: 2 },
  ]);
  const rejected = await order({ reviewStatuses: ['rejected'] });
  expect(await rows<TagCountRow>(tagsOfAssetsQuery(rejected.slice(0, 1)))).toEqual([{ tag: 'smile', asset_count: 1 }]);
});

test('assetDetailQuery: tells whose asset it is and where its package lies', async () => {
  const id = (await order({ text: 'short.mov' })).at(0) ?? '';
  const [detail] = await rows<AssetDetail>(assetDetailQuery(id));
  expect(detail).toMatchObject({
    subject_name: 'jane_doe',
    source_path: '/mnt/nas/northlight/delivery_03',
    width: null,
  });
});

test('packageListQuery: names subjects once, the primary first, and the run under way before a newer one', async () => {
  await replica.exec(`
    INSERT INTO subjects (id, project_id, name) VALUES ('01900000-0000-7000-8000-000000000012', '${PROJECT_ID}', 'amy');
    INSERT INTO packages_subjects VALUES ('${PACKAGE_ID}', '01900000-0000-7000-8000-000000000012', '${PROJECT_ID}');
    INSERT INTO runs (id, project_id, package_id, status, created_at, assets_registered) VALUES
      (gen_random_uuid(), '${PROJECT_ID}', '${PACKAGE_ID}', 'processing', now(), 8),
      (gen_random_uuid(), '${PROJECT_ID}', '${PACKAGE_ID}', 'done', now() + interval '1 hour', 7)`);
  const [withAssets, empty] = await rows<PackageListRow>(packageListQuery(PROJECT_ID));
  expect(withAssets).toMatchObject({
    name: 'delivery_03',
    subjects: ['jane_doe', 'amy'],
    project_name: 'Northlight',
    run_status: 'processing',
    run_assets_registered: 8,
  });
  expect(empty).toMatchObject({ name: 'delivery_04', subjects: [], run_status: null, run_at: null });
  expect(await rows(packageQuery(EMPTY_PACKAGE_ID))).toHaveLength(1);
  expect(await rows(packageSummaryQuery(PACKAGE_ID))).toMatchObject([{ asset_count: 8, video_count: 3 }]);
});

test('projectListQuery, projectTotalsQuery: list every project with its packages, assets and bytes', async () => {
  expect(await rows<ProjectListRow>(projectListQuery())).toMatchObject([{ name: 'Northlight', package_count: 2 }]);
  const bytes = assets.reduce((sum, asset) => sum + (asset.size_bytes ?? 1000), 0);
  expect(await rows<ProjectTotalsRow>(projectTotalsQuery())).toEqual([
    { project_id: PROJECT_ID, asset_count: 8, size_bytes: bytes },
  ]);
});

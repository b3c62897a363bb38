import { readMigrations } from '@ingesthub/schema/database/migrate-server.ts';
import type { PackageSummaryRow } from '@ingesthub/schema/library/rows.ts';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { escapeLike } from '@ingesthub/schema/values/sql-text.ts';
import { beforeAll, expect, test } from 'vitest';
import type { AssetIdOrder, MirroredList } from '../replica/model/mirror-questions.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import { createMemoryReplica, type MemoryReplica } from '../testing/memory-replica.ts';
import { EMPTY_PACKAGE_ID, PACKAGE_ID, PROJECT_ID, type SeedAsset, seedAssets, seedLibrary } from '../testing/seed.ts';
import { type AssetFilter, emptyAssetFilter, isFiltering } from './asset-filter.ts';
import { assetQuestion } from './asset-question.ts';
import { type AssetDetail, type AssetTile, assetDetailQuery, assetTilesQuery } from './assets.ts';
import { type FirstPageRow, firstPageQuery } from './first-page.ts';
import { countsOf, tagsIn } from './list-counts.ts';
import { type PackageListRow, packageListQuery, packageQuery, packageSummaryQuery } from './packages.ts';
import { type ProjectListRow, type ProjectTotalsRow, projectListQuery, projectTotalsQuery } from './projects.ts';
import { type SubjectCountsRow, subjectCountsQuery } from './subjects.ts';
import { type TagCountRow, tagsOfAssetsQuery } from './tag-counts.ts';

const assets: SeedAsset[] = [
  {
    relative_path: 'aligned/A001_0001_0.png',
    tags: ['hero', 'smile'],
    size_bytes: 30,
    camera: 'cam_a',
    yaw: 10,
    pitch: 0,
  },
  { relative_path: 'aligned/A001_0002_0.png', tags: ['hero'], review_status: 'approved', size_bytes: 10 },
  { relative_path: 'aligned/100%.png', tags: ['smile'], review_status: 'rejected', size_bytes: 20, yaw: -20, pitch: 5 },
  { relative_path: 'aligned/1000.png', size_bytes: 20, yaw: -20, pitch: -30 },
  { relative_path: 'aligned/back\\slash.png', size_bytes: 20, yaw: 9.5, pitch: -10 },
  { relative_path: 'grid/ÄPFEL.mov', file_type: 'video', asset_type: 'grid', duration_seconds: 2, tags: ['hero'] },
  { relative_path: 'grid/short.mov', file_type: 'video', asset_type: 'grid', duration_seconds: 1, subject_id: null },
  { relative_path: 'other/ÄPFEL.mov', file_type: 'video', asset_type: 'grid', problem: 'Cut short.' },
];
/** Must not appear in any list, count or facet. */
const deleted: SeedAsset = {
  id: '01900000-0000-7000-8000-200000000000',
  relative_path: 'aligned/A001_0009_0.png',
  tags: ['hero', 'gone'],
  yaw: 1,
  pitch: 1,
  deleted_at: '2026-01-03T00:00:00Z',
};

const scope = { kind: 'package', id: PACKAGE_ID } as const;
let replica: MemoryReplica;
beforeAll(async () => {
  // Covers both ways of counting: rows from before the load are counted at once, later ones by triggers.
  replica = await createMemoryReplica(await readMigrations(), seedLibrary, { pglite: await quickPGlite() });
  await replica.exec(seedAssets([...assets, deleted]));
});

function rows<Row extends object>(query: LiveQueryInput): Promise<Row[]> {
  return replica.query<Row>(query.statement);
}
async function ask(filter: Partial<AssetFilter>): Promise<MirroredList> {
  const list = await replica.ask(
    assetQuestion(scope, { ...emptyAssetFilter, ...filter }, { names: { subjects: [], packages: [] } }),
    'test',
  );
  if (list === null) throw new Error('Another question has come.');
  return list;
}
async function order(filter: Partial<AssetFilter>): Promise<AssetIdOrder> {
  return (await ask(filter)).order;
}
/** Returns the matching paths in order. */
async function paths(filter: Partial<AssetFilter>): Promise<string[]> {
  const list = await order(filter);
  const tiles = await rows<AssetTile>(assetTilesQuery(scope, list.slice(0, list.length)));
  const byId = new Map(tiles.map((tile) => [tile.id, tile.relative_path]));
  return list.slice(0, list.length).map((id) => byId.get(id) ?? 'no such asset');
}

test('assetQuestion: treats values in a list as alternatives, and requires all tags and all lists', async () => {
  expect(await paths({ text: 'status:approved,rejected' })).toEqual(['aligned/100%.png', 'aligned/A001_0002_0.png']);
  expect(await paths({ text: 'tag:hero tag:smile' })).toEqual(['aligned/A001_0001_0.png']);
  expect(await paths({ text: 'tag:hero type:video asset:grid' })).toEqual(['grid/ÄPFEL.mov']);
  expect(await paths({ text: 'tag:hero type:video status:approved' })).toEqual([]);
  expect(await paths({})).toHaveLength(assets.length);
});

test('assetQuestion: finds words in any order in names and folders, without case, accents and separators', async () => {
  expect(await paths({ text: '100%' })).toEqual(['aligned/100%.png']);
  expect(await paths({ text: 'png 0001 a001' })).toEqual(['aligned/A001_0001_0.png']);
  expect(await paths({ text: '1-0.P' })).toEqual(['aligned/A001_0001_0.png']);
  expect(await paths({ text: '0_0' })).toEqual([]);
  expect(await paths({ text: 'k\\s' })).toEqual(['aligned/back\\slash.png']);
  expect(await paths({ text: 'GRID/apf' })).toEqual(['grid/ÄPFEL.mov']);
  expect(await paths({ text: 'apfel other' })).toEqual(['other/ÄPFEL.mov']);
  expect(await paths({ text: 'rid/' })).toEqual(['grid/short.mov', 'grid/ÄPFEL.mov']);
  expect(await paths({ text: ' ' })).toHaveLength(assets.length);
  expect(escapeLike('100%_\\')).toBe('100\\%\\_\\\\');
});

test('assetQuestion: orders equal values by id in both directions, and unknown durations last', async () => {
  const tied = ['aligned/100%.png', 'aligned/1000.png', 'aligned/back\\slash.png'];
  const bySize = await paths({ sort: 'size', text: 'type:image' });
  expect(bySize).toEqual(['aligned/A001_0002_0.png', ...tied, 'aligned/A001_0001_0.png']);
  expect(await paths({ sort: 'size', descending: true, text: 'type:image' })).toEqual(bySize.toReversed());

  const videos = { sort: 'duration', text: 'type:video' } satisfies Partial<AssetFilter>;
  expect(await paths(videos)).toEqual(['grid/short.mov', 'grid/ÄPFEL.mov', 'other/ÄPFEL.mov']);
  expect(await paths({ ...videos, descending: true })).toEqual(['grid/ÄPFEL.mov', 'grid/short.mov', 'other/ÄPFEL.mov']);
});

test('assetQuestion: sorts poses by yaw, then pitch, then unknown ones by name, and statuses like their buttons', async () => {
  expect((await paths({ sort: 'pose' })).slice(0, 4)).toEqual([
    'aligned/1000.png',
    'aligned/100%.png',
    'aligned/back\\slash.png',
    'aligned/A001_0001_0.png',
  ]);
  expect(await paths({ sort: 'pose', descending: true, text: 'pose:-20..10,-10..20' })).toEqual([
    'aligned/back\\slash.png',
    'aligned/100%.png',
  ]);
  expect((await paths({ sort: 'status' })).slice(0, 3)).toEqual([
    'aligned/A001_0002_0.png',
    'aligned/100%.png',
    'aligned/1000.png',
  ]);
  expect(await paths({ sort: 'status', descending: true, text: 'status:rejected,approved' })).toEqual([
    'aligned/100%.png',
    'aligned/A001_0002_0.png',
  ]);
});

test('assetQuestion: matches unknown subjects and cameras, and includes both ends of a range', async () => {
  expect(await paths({ text: 'camera:cam_b,none' })).toHaveLength(assets.length - 1);
  expect(await paths({ text: 'camera:cam_a' })).toEqual(['aligned/A001_0001_0.png']);
  expect(await paths({ text: 'subject:none' })).toEqual(['grid/short.mov']);
  expect(await paths({ text: 'size:10..20 status:approved,rejected' })).toHaveLength(2);
  expect(await paths({ text: 'dur>=2' })).toEqual(['grid/ÄPFEL.mov']);
  expect(await paths({ text: 'problem:' })).toEqual(['other/ÄPFEL.mov']);
  expect(await paths({ text: 'picked:' })).toEqual([]);
});

test('firstPageQuery: begins the list by name, in both directions, and no other list', async () => {
  for (const descending of [false, true]) {
    const filter = { ...emptyAssetFilter, descending };
    const statement = firstPageQuery(scope, filter, true);
    const found = statement && (await replica.query<FirstPageRow>(statement));
    const list = await order(filter);
    expect(found?.map(({ id }) => id)).toEqual(list.slice(0, list.length));
  }
  expect(firstPageQuery(scope, { ...emptyAssetFilter, sort: 'size' }, true)).toBeNull();
  expect(firstPageQuery(scope, { ...emptyAssetFilter, text: 'a' }, true)).toBeNull();
  expect(firstPageQuery(scope, { ...emptyAssetFilter, text: 'sidecar:any' }, true)).toBeNull();
});

test('the list’s order finds its ids, and nothing outside it', async () => {
  const list = await order({});
  const second = list.at(1) ?? '';
  expect(list.indexOf(second)).toBe(1);
  expect(list.at(-1)).toBeUndefined();
  expect(list.at(list.length)).toBeUndefined();
  expect(list.slice(-5, 2)).toEqual([list.at(0), second]);
  expect(list.slice(list.length - 1, list.length + 9)).toEqual([list.at(list.length - 1)]);
  expect(list.indexOf(PACKAGE_ID)).toBe(-1);
  expect(list.indexOf('')).toBe(-1);
  expect((await order({ text: 'no such thing' })).length).toBe(0);
});

test('sidecars: are listed and counted only when the filter asks for them', async () => {
  const counted = async () => {
    const [summary] = await rows<PackageSummaryRow>(packageSummaryQuery(PACKAGE_ID));
    const usual = await ask({});
    const all = await ask({ text: 'sidecar:any' });
    return {
      usual: usual.order.length,
      all: all.order.length,
      inSummary: summary?.asset_count,
      images: summary?.image_count,
      bytes: summary?.size_bytes,
    };
  };
  const before = await counted();
  const { length } = assets;
  expect(before).toMatchObject({ usual: length, all: length, inSummary: length, images: 5 });
  await replica.exec(`UPDATE assets SET sidecar_of = 'A001' WHERE name = '1000.png'`);
  expect(await counted()).toEqual({ ...before, usual: length - 1, inSummary: length - 1, images: 4 });
  expect(countsOf(await ask({}), 'sidecar').get('yes')).toBe(1);
  await replica.exec('UPDATE assets SET sidecar_of = NULL');
  expect(await counted()).toEqual(before);
});

test('isFiltering: is false for a sort order alone', () => {
  expect(isFiltering({ ...emptyAssetFilter, sort: 'size', descending: true })).toBe(false);
  expect(isFiltering({ ...emptyAssetFilter, text: 'tag:hero' })).toBe(true);
});

test('counts: follow the other parts of the filter, and ignore their own', async () => {
  const all = await ask({});
  expect(Object.fromEntries(countsOf(all, 'type'))).toEqual({ image: 5, video: 3 });
  expect(Object.fromEntries(countsOf(all, 'status'))).toEqual({ unreviewed: 6, approved: 1, rejected: 1 });
  expect(tagsIn(all)).toEqual([
    { name: 'hero', count: 3 },
    { name: 'smile', count: 2 },
  ]);
  const images = await ask({ text: 'type:image status:approved' });
  expect(Object.fromEntries(countsOf(images, 'type'))).toEqual({ image: 1, video: 0 });
  expect(Object.fromEntries(countsOf(images, 'status'))).toEqual({ unreviewed: 3, approved: 1, rejected: 1 });
  expect(tagsIn(images)).toEqual([
    { name: 'hero', count: 1 },
    { name: 'smile', count: 0 },
  ]);
  expect(tagsIn(null)).toEqual([]);
  const rejected = await order({ text: 'status:rejected' });
  expect(await rows<TagCountRow>(tagsOfAssetsQuery(rejected.slice(0, 1)))).toEqual([{ name: 'smile', count: 1 }]);
});

test('assetDetailQuery: includes the subject’s name and the package’s source path', async () => {
  const id = (await order({ text: 'A001_0001' })).at(0) ?? '';
  const [detail] = await rows<AssetDetail>(assetDetailQuery(id));
  expect(detail).toMatchObject({
    subject_name: 'jane_doe',
    source_path: '/mnt/nas/northlight/delivery_03',
    width: null,
  });
});

test('packageListQuery: lists subjects once, the primary first, and prefers an active run to a newer one', async () => {
  await replica.exec(`
    INSERT INTO subjects (id, project_id, name) VALUES ('01900000-0000-7000-8000-000000000012', '${PROJECT_ID}', 'amy');
    INSERT INTO packages_subjects VALUES ('${PACKAGE_ID}', '01900000-0000-7000-8000-000000000012', '${PROJECT_ID}');
    INSERT INTO runs (id, project_id, package_id, status, held, created_at, assets_registered) VALUES
      (gen_random_uuid(), '${PROJECT_ID}', '${PACKAGE_ID}', 'processing', 'paused', now(), 8),
      (gen_random_uuid(), '${PROJECT_ID}', '${PACKAGE_ID}', 'done', NULL, now() + interval '1 hour', 7)`);
  const [withAssets, empty] = await rows<PackageListRow>(packageListQuery(PROJECT_ID));
  expect(withAssets).toMatchObject({
    name: 'delivery_03',
    subjects: ['jane_doe', 'amy'],
    project_name: 'Northlight',
    run_status: 'processing',
    run_held: 'paused',
    run_assets_registered: 8,
  });
  expect(empty).toMatchObject({ name: 'delivery_04', subjects: [], run_status: null, run_at: null });
  expect(await rows(packageQuery(EMPTY_PACKAGE_ID))).toHaveLength(1);
  expect(await rows(packageSummaryQuery(PACKAGE_ID))).toMatchObject([{ asset_count: 8, video_count: 3 }]);
});

test('projectListQuery, projectTotalsQuery: count the packages, assets and bytes of every project', async () => {
  expect(await rows<ProjectListRow>(projectListQuery())).toMatchObject([
    { name: 'Northlight', package_count: 2, subject_count: 2 },
  ]);
  const bytes = assets.reduce((sum, asset) => sum + (asset.size_bytes ?? 1000), 0);
  expect(await rows<ProjectTotalsRow>(projectTotalsQuery())).toEqual([
    {
      project_id: PROJECT_ID,
      asset_count: 8,
      size_bytes: bytes,
      approved_count: 1,
      rejected_count: 1,
      flagged_count: 0,
    },
  ]);
});

test.each(['packages', 'projects'] as const)(
  'summaries: leave out the assets of deleted %s, and count them again after a restore',
  async (table) => {
    const id = table === 'packages' ? PACKAGE_ID : PROJECT_ID;
    const counted = async () => ({
      ofPackage: (await rows<PackageSummaryRow>(packageSummaryQuery(PACKAGE_ID)))[0]?.asset_count ?? null,
      ofSubjects: (await rows<SubjectCountsRow>(subjectCountsQuery(PROJECT_ID))).reduce(
        (sum, row) => sum + row.asset_count,
        0,
      ),
      inProjects: (await rows<ProjectTotalsRow>(projectTotalsQuery())).reduce((sum, row) => sum + row.asset_count, 0),
      packagesOfSubjects:
        (
          await replica.query<{ package_count: number }>({
            text: 'SELECT sum(package_count)::integer AS package_count FROM subject_summaries',
            values: [],
          })
        )[0]?.package_count ?? 0,
    });
    const before = await counted();
    expect(before).toMatchObject({ ofPackage: 8, ofSubjects: 7, inProjects: 8 });
    expect(before.packagesOfSubjects).toBeGreaterThan(0);
    await replica.exec(`UPDATE ${table} SET deleted_at = now() WHERE id = '${id}'`);
    expect(await counted()).toEqual({ ofPackage: null, ofSubjects: 0, inProjects: 0, packagesOfSubjects: 0 });
    await replica.exec(`UPDATE ${table} SET deleted_at = NULL WHERE id = '${id}'`);
    expect(await counted()).toEqual(before);
  },
);

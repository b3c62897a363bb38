import { readMigrations } from '@ingesthub/schema/database/migrate-server.ts';
import type { PackageSummaryRow } from '@ingesthub/schema/library/rows.ts';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { beforeAll, expect, test } from 'vitest';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import { createMemoryReplica, type MemoryReplica } from '../testing/memory-replica.ts';
import { EMPTY_PACKAGE_ID, PACKAGE_ID, PROJECT_ID, seedAssets, seedLibrary } from '../testing/seed.ts';
import { type ClipCountRow, clipCountsQuery } from './clip-facts.ts';
import {
  type PackageContentsRow,
  type PackageListRow,
  packageContentsQuery,
  packageSummariesOfKindQuery,
  packagesOfKindQuery,
} from './packages.ts';
import { packagePicturesQuery, projectPicturesQuery, type RowPicture } from './row-pictures.ts';

let replica: MemoryReplica;
beforeAll(async () => {
  const pictures = Array.from({ length: 90 }, (_, index) => ({
    relative_path: `aligned/A_${String(index).padStart(3, '0')}.png`,
    thumbnail_status: 'ready' as const,
    thumbnail_version: index + 1,
  }));
  replica = await createMemoryReplica(await readMigrations(), seedLibrary, { pglite: await quickPGlite() });
  await replica.exec(`
    ${seedAssets([
      ...pictures,
      { relative_path: 'grid/B.mov', file_type: 'video', asset_type: 'grid', width: 4096, height: 2160 },
    ])}
    -- The first picture of all is deleted, and the last one is not made yet.
    UPDATE assets SET deleted_at = now() WHERE name = 'A_000.png';
    UPDATE assets SET thumbnail_status = 'pending' WHERE name = 'A_089.png';`);
});

function rows<Row extends object>(query: LiveQueryInput): Promise<Row[]> {
  return replica.query<Row>(query.statement);
}
async function namesOf(pictures: readonly RowPicture[]): Promise<string[]> {
  const found = await replica.query<{ id: string; name: string }>({ text: 'SELECT id, name FROM assets', values: [] });
  return pictures.map(({ id }) => found.find((asset) => asset.id === id)?.name ?? 'no such asset');
}

test('packagePicturesQuery: takes three pictures of the package itself, from both ends of its names', async () => {
  const pictures = await rows<RowPicture>(packagePicturesQuery([EMPTY_PACKAGE_ID, PACKAGE_ID]));
  expect(pictures.map(({ owner_id }) => owner_id)).toEqual([PACKAGE_ID, PACKAGE_ID, PACKAGE_ID]);
  const names = await namesOf(pictures);
  expect(names).toEqual(names.toSorted());
  expect(new Set(names).size).toBe(3);
  expect(names[0]).toBe('A_001.png');
  expect(Number(names[2]?.slice(2, 5))).toBeGreaterThan(60);
});

test('projectPicturesQuery: takes one picture of each of several packages before a second of one', async () => {
  await replica.exec(`UPDATE assets SET package_id = '${EMPTY_PACKAGE_ID}' WHERE name IN ('A_010.png', 'A_011.png')`);
  const pictures = await rows<RowPicture>(projectPicturesQuery([PROJECT_ID]));
  const names = await namesOf(pictures);
  expect(pictures).toHaveLength(3);
  expect(names.filter((name) => name === 'A_010.png' || name === 'A_011.png').length).toBeGreaterThan(0);
  expect(names.some((name) => name !== 'A_010.png' && name !== 'A_011.png')).toBe(true);
  await replica.exec(`UPDATE packages SET deleted_at = now() WHERE id = '${EMPTY_PACKAGE_ID}'`);
  const left = await namesOf(await rows<RowPicture>(projectPicturesQuery([PROJECT_ID])));
  expect(left).not.toContain('A_010.png');
  await replica.exec(`
    UPDATE packages SET deleted_at = NULL WHERE id = '${EMPTY_PACKAGE_ID}';
    UPDATE assets SET package_id = '${PACKAGE_ID}'`);
});

test('packagesOfKindQuery: lists the packages of one kind in all projects, with their counts and roles', async () => {
  const names = async (kind: 'vfx' | 'atman') =>
    (await rows<PackageListRow>(packagesOfKindQuery(kind))).map((row) => `${row.project_name}/${row.name}`);
  expect(await names('vfx')).toEqual(['Northlight/delivery_03']);
  expect(await names('atman')).toEqual(['Northlight/delivery_04']);
  expect(await rows<PackageSummaryRow>(packageSummariesOfKindQuery('vfx'))).toMatchObject([
    { package_id: PACKAGE_ID, asset_count: 90 },
  ]);
  const contents = await rows<PackageContentsRow>(packageContentsQuery('vfx'));
  expect(contents.map((row) => row.asset_types)).toEqual([['aligned', 'grid']]);
  expect(await rows<PackageContentsRow>(packageContentsQuery('atman'))).toEqual([]);
});

test('clipCountsQuery: counts clips by what is known of them, and no pictures', async () => {
  expect(await rows<ClipCountRow>(clipCountsQuery([PACKAGE_ID, EMPTY_PACKAGE_ID]))).toEqual([
    { package_id: PACKAGE_ID, width: 4096, height: 2160, codec: null, has_metadata: false, count: 1 },
  ]);
});

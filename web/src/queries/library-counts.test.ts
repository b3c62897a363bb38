import { readMigrations } from '@ingesthub/schema/database/migrate-server.ts';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { beforeAll, expect, test } from 'vitest';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import { createMemoryReplica, type MemoryReplica } from '../testing/memory-replica.ts';
import { EMPTY_PACKAGE_ID, PACKAGE_ID, PROJECT_ID, seedAssets, seedLibrary } from '../testing/seed.ts';
import { activeRunsQuery, waitingFoldersQuery } from './ingest-now.ts';
import { libraryHoursQuery, troubledPackagesQuery, typeCountsQuery } from './library-counts.ts';
import { recentPackagesQuery } from './recent-packages.ts';

const OTHER_PROJECT = '01900000-0000-7000-8000-000000000003';
const OTHER_PACKAGE = '01900000-0000-7000-8000-000000000025';
const DELETED_PACKAGE = '01900000-0000-7000-8000-000000000026';

/** Two projects, of which only the first has its assets here; the server has counted three assets of it, one approved. */
const library = `${seedLibrary}
  INSERT INTO projects (id, name, type) VALUES ('${OTHER_PROJECT}', 'Harbour', 'vfx');
  INSERT INTO packages (id, project_id, name, type, status, problem, source_path, links_failed, deleted_at, created_at) VALUES
    ('${OTHER_PACKAGE}', '${OTHER_PROJECT}', 'far', 'vfx', 'error', 'It broke.', '/far', 2, NULL, now() + interval '1 hour'),
    ('${DELETED_PACKAGE}', '${OTHER_PROJECT}', 'gone', 'vfx', 'ready', NULL, '/gone', 0, now(), now());
  INSERT INTO runs (id, project_id, package_id, status, held, created_at) VALUES
    (gen_random_uuid(), '${PROJECT_ID}', '${PACKAGE_ID}', 'processing', NULL, now() + interval '1 minute'),
    (gen_random_uuid(), '${PROJECT_ID}', '${EMPTY_PACKAGE_ID}', 'processing', 'paused', now() - interval '1 hour'),
    (gen_random_uuid(), '${PROJECT_ID}', '${PACKAGE_ID}', 'processing', 'cancelled', now()),
    (gen_random_uuid(), '${PROJECT_ID}', '${PACKAGE_ID}', 'done', NULL, now());
  ${seedAssets([
    { relative_path: 'a.png', review_status: 'approved' },
    { relative_path: 'b.png', review_status: 'approved' },
    { relative_path: 'c.png', asset_type: 'plate' },
    { relative_path: 'c.xml', sidecar_of: 'c', asset_type: 'plate' },
    { relative_path: 'd.png', deleted_at: '2026-01-03T00:00:00Z' },
  ])}
  INSERT INTO hourly_counts VALUES
    ('${PACKAGE_ID}', 'aligned', 'epoch', 2, 2000, 0, 0, 0, 0, 0, 0, 0, 0, NULL),
    ('${PACKAGE_ID}', 'aligned', '2026-11-30 10:00Z', 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, NULL),
    ('${PACKAGE_ID}', 'plate', 'epoch', 1, 2000, 0, 0, 0, 0, 0, 0, 0, 0, NULL),
    ('${OTHER_PACKAGE}', 'aligned', 'epoch', 40, 400, 30, 0, 0, 5, 2, 3, 0, 0, '2026-11-01 00:00Z'),
    ('${OTHER_PACKAGE}', 'aligned', '2026-11-30 10:00Z', 0, 0, 2, 0, 0, 0, -1, 0, 0, 2, NULL),
    ('${DELETED_PACKAGE}', 'aligned', 'epoch', 100, 100, 0, 0, 0, 0, 9, 0, 0, 0, NULL);`;

let replica: MemoryReplica;
beforeAll(async () => {
  replica = await createMemoryReplica(await readMigrations(), library, { pglite: await quickPGlite() });
});
const read = ({ statement }: LiveQueryInput) => replica.query<Record<string, unknown>>(statement);

test('typeCountsQuery: counts what is here itself, with changes that wait, and takes the rest from the server', async () => {
  const counts = (here: string[] | null) => read(typeCountsQuery(here));
  const aligned = { asset_type: 'aligned', rejected_count: 0, flagged_count: 0, picked_up_count: 5 };
  const plate = { asset_type: 'plate', asset_count: 1, size_bytes: 2000, approved_count: 0, picked_up_count: 0 };
  for (const here of [null, []])
    expect(await counts(here)).toMatchObject([
      { ...aligned, asset_count: 42, size_bytes: 2400, approved_count: 33 },
      plate,
    ]);
  expect(await counts([PROJECT_ID])).toMatchObject([
    { ...aligned, asset_count: 42, size_bytes: 2400, approved_count: 34 },
    plate,
  ]);
});

test('libraryHoursQuery: sums the packages of each hour and leaves out deleted ones', async () => {
  expect(await read(libraryHoursQuery())).toMatchObject([
    { hour: new Date(0), asset_count: 43, approved_count: 30, counted_since: new Date('2026-11-01T00:00:00Z') },
    {
      hour: new Date('2026-11-30T10:00:00Z'),
      asset_count: 0,
      approved_count: 3,
      reviewed_count: 3,
      counted_since: null,
    },
  ]);
});

test('troubledPackagesQuery: lists packages with damaged or missing files, failed links or a failed ingest', async () => {
  expect(await read(troubledPackagesQuery())).toEqual([
    {
      id: OTHER_PACKAGE,
      name: 'far',
      project_name: 'Harbour',
      problem_count: 1,
      missing_count: 3,
      gap_count: 0,
      links_failed: 2,
      failure: 'It broke.',
    },
    expect.objectContaining({ id: PACKAGE_ID, problem_count: 1, missing_count: 0, failure: null }),
  ]);
});

test('recentPackagesQuery: lists the latest first, with counts of this device where it has the assets', async () => {
  const rows = await read(recentPackagesQuery([PROJECT_ID]));
  expect(rows.map((row) => [row['name'], row['asset_count'], row['approved_count']])).toEqual([
    ['far', 40, 32],
    ['delivery_03', 3, 2],
    ['delivery_04', null, null],
  ]);
});

test('activeRunsQuery: lists runs under way before held ones, and no others', async () => {
  const rows = await read(activeRunsQuery());
  expect(rows.map((row) => [row['package_name'], row['run_held']])).toEqual([
    ['delivery_03', null],
    ['delivery_04', 'paused'],
  ]);
});

test('waitingFoldersQuery: lists folders without a decision, with what they were found to be', async () => {
  const folder = { source_path: '/mnt/nas/northlight/HARBOUR_DAY03', confidence: 0.6, file_count: 4, type: null };
  expect(await read(waitingFoldersQuery())).toMatchObject([folder]);
  await replica.exec(`UPDATE incoming SET decision = 'dismissed'`);
  expect(await read(waitingFoldersQuery())).toEqual([]);
});

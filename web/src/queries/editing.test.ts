import { readMigrations } from '@ingesthub/schema/database/migrate-server.ts';
import { unpackIds } from '@ingesthub/schema/mutations/mutator.ts';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import { createMemoryReplica, type MemoryReplica } from '../testing/memory-replica.ts';
import { PACKAGE_ID, PROJECT_ID, SUBJECT_ID, seedAssets, seedLibrary } from '../testing/seed.ts';
import {
  type OwnChangeRow,
  ownChangesQuery,
  type RunEventRow,
  runEventsQuery,
  type ThingEventRow,
  thingEventsQuery,
} from './activity.ts';
import { correctionsQuery, waitingDeliveriesQuery } from './corrections.ts';
import {
  type DeletedAssetsRow,
  type DeletedEntityRow,
  deletedAssetIdsQuery,
  deletedAssetsQuery,
  deletedEntitiesQuery,
} from './deleted.ts';
import { subjectPackagesQuery } from './packages.ts';
import { savedFiltersQuery } from './saved-filters.ts';
import { subjectCountsOfQuery, subjectCountsQuery, subjectDetailsQuery, subjectQuery } from './subjects.ts';
import { takenQuery, type UniqueName } from './taken-names.ts';
import { unsentQuery } from './unsent.ts';

let replica: MemoryReplica;
beforeAll(async () => {
  const assets = [{ relative_path: 'a.png' }, { relative_path: 'b.png' }, { relative_path: 'c.png' }];
  replica = await createMemoryReplica(await readMigrations(), `${seedLibrary} ${seedAssets(assets)}`, {
    pglite: await quickPGlite(),
  });
});
afterAll(() => replica.close());

async function read<Row extends object>({ statement }: LiveQueryInput): Promise<Row[]> {
  return replica.query<Row>(statement);
}

test('takenQuery: ignores case and deleted rows for names, but counts deleted packages for folders', async () => {
  const taken = async (unique: UniqueName, ownId: string | null = null) => read(takenQuery(unique, ownId));
  expect(await taken({ table: 'projects', name: ' NORTHLIGHT ' })).toEqual([{ id: PROJECT_ID, deleted: false }]);
  expect(await taken({ table: 'projects', name: 'northlight' }, PROJECT_ID)).toEqual([]);
  expect(await taken({ table: 'projects', name: 'North_ight' })).toEqual([]);
  expect(await taken({ table: 'subjects', name: 'Jane_Doe', projectId: uuid() })).toEqual([]);
  expect(await taken({ table: 'subjects', name: 'Jane_Doe', projectId: PROJECT_ID })).toHaveLength(1);
  await replica.mutate('packages.delete', { ids: [PACKAGE_ID] });
  const folder = { table: 'packages', sourcePath: '/mnt/nas/northlight/delivery_03/', projectId: PROJECT_ID } as const;
  expect(await taken(folder)).toEqual([{ id: PACKAGE_ID, deleted: true }]);
  await replica.undo();
});

test('subjectDetailsQuery and subjectCountsQuery: count a package once that names a subject twice', async () => {
  for (const query of [subjectDetailsQuery(PROJECT_ID), subjectDetailsQuery(null), subjectQuery(SUBJECT_ID)]) {
    expect(await read(query)).toMatchObject([{ id: SUBJECT_ID, project_name: 'Northlight', package_count: 1 }]);
  }
  expect(await read(subjectPackagesQuery(SUBJECT_ID))).toMatchObject([{ id: PACKAGE_ID }]);
  expect(await read(subjectDetailsQuery(uuid()))).toEqual([]);
  const counted = { subject_id: SUBJECT_ID, asset_count: 3, approved_count: 0, posed_count: 0, duration_seconds: null };
  for (const query of [subjectCountsQuery(PROJECT_ID), subjectCountsQuery(null), subjectCountsOfQuery(SUBJECT_ID)]) {
    expect(await read(query)).toMatchObject([counted]);
  }
});

test('savedFiltersQuery: lists filters of the current page first', async () => {
  for (const [name, address] of Object.entries({ a: '/search?text=x', b: `/packages/${PACKAGE_ID}?type=image` })) {
    await replica.mutate('saved_filters.create', { ids: [uuid()], set: { name, address } });
  }
  expect(await read(savedFiltersQuery(`/packages/${PACKAGE_ID}`))).toMatchObject([
    { name: 'b', here: true },
    { name: 'a', here: false },
  ]);
});

test('correctionsQuery and waitingDeliveriesQuery: return what concerns a project, or everything', async () => {
  const [own, studio, other] = [uuid(), uuid(), uuid()];
  const night = uuid();
  await replica.mutate('projects.create', { ids: [night], set: { name: 'Night', type: 'atman' } });
  for (const [id, project_id] of [
    [own, PROJECT_ID],
    [studio, null],
    [other, night],
  ] as const) {
    await replica.mutate('corrections.create', {
      ids: [id],
      set: { kind: 'generic', name: 'ROYAL', value: null, project_id },
    });
  }
  const names = (projectId: string | null) => read(correctionsQuery(projectId));
  expect(await names(null)).toHaveLength(3);
  expect(await names(PROJECT_ID)).toMatchObject([{ id: own, project_name: 'Northlight' }, { id: studio }]);
  // The folder lies beside packages of the project only.
  expect(await read(waitingDeliveriesQuery(PROJECT_ID))).toMatchObject([{ name: 'HARBOUR_DAY03' }]);
  expect(await read(waitingDeliveriesQuery(night))).toEqual([]);
  await replica.mutate('projects.delete', { ids: [night] });
  expect(await names(null)).toHaveLength(2);
  await replica.exec(`DELETE FROM corrections; DELETE FROM projects WHERE id = '${night}'`);
});

test('deletedEntitiesQuery: lists deleted rows outside deleted projects, and flags taken names', async () => {
  const [former, other] = [uuid(), uuid()];
  await replica.mutate('projects.create', { ids: [former], set: { name: 'Twice', type: 'vfx' } });
  await replica.mutate('projects.delete', { ids: [former] });
  await replica.mutate('projects.create', { ids: [other], set: { name: 'twice', type: 'vfx' } });
  await replica.mutate('subjects.delete', { ids: [SUBJECT_ID] });
  const deleted = async () =>
    (await read<DeletedEntityRow>(deletedEntitiesQuery())).map(({ table, name, name_taken }) => [
      table,
      name,
      name_taken,
    ]);
  expect(await deleted()).toEqual([
    ['subjects', 'jane_doe', false],
    ['projects', 'Twice', true],
  ]);
  await replica.mutate('projects.delete', { ids: [PROJECT_ID] });
  expect(await deleted()).toEqual([
    ['projects', 'Northlight', false],
    ['projects', 'Twice', true],
  ]);
  await replica.exec(`UPDATE projects SET deleted_at = now() - interval '31 days' WHERE id = '${former}'`);
  expect(await deleted()).toEqual([['projects', 'Northlight', false]]);
  await replica.mutate('projects.restore', { ids: [PROJECT_ID] });
});

test('deletedAssetsQuery: groups deleted assets by package and minute, and finds their ids', async () => {
  const rows = await read<{ id: string }>({ reads: [], statement: { text: 'SELECT id FROM assets', values: [] } });
  const [first = '', second = '', third = ''] = rows.map(({ id }) => id);
  await replica.mutate('assets.delete', { ids: [first, second, third] });
  await replica.exec(`UPDATE assets SET deleted_at = deleted_at - interval '1 hour' WHERE id = '${third}'`);
  const groups = await read<DeletedAssetsRow>(deletedAssetsQuery());
  expect(groups.map(({ asset_count }) => asset_count)).toEqual([2, 1]);
  const [newest] = groups;
  if (!newest) throw new Error('nothing was deleted');
  const [found] = await read<{ ids: string }>(deletedAssetIdsQuery(newest));
  expect(unpackIds(found?.ids ?? '').toSorted()).toEqual([first, second].toSorted());
});

test('unsentQuery: merges the parts of a change into one row, with the number of rows they name', async () => {
  await replica.exec('TRUNCATE replica.outbox');
  const label = 'Add tag “hero” to 3 assets';
  const tag = (ids: string[], tagged: string | undefined) =>
    replica.mutate('assets.tag', { ids, add: ['hero'], remove: [] }, tagged === undefined ? {} : { label: tagged });
  await tag([uuid(), uuid()], label);
  await tag([uuid()], label);
  await tag([uuid()], undefined);
  await tag([uuid()], undefined);
  await tag([uuid()], label);
  await replica.exec(
    'UPDATE replica.outbox SET acknowledged_lsn = 5 WHERE position = (SELECT min(position) FROM replica.outbox)',
  );
  expect(await read(unsentQuery())).toMatchObject([
    { label, parts: 2, row_count: 3, made_count: 2 },
    { label: null, parts: 1, row_count: 1, made_count: 0 },
    { label: null, parts: 1, row_count: 1 },
    { label, parts: 1, row_count: 1 },
  ]);
});

test('thingEventsQuery, runEventsQuery: list the events of a project alone, the latest first', async () => {
  const other = uuid();
  await replica.mutate('projects.create', { ids: [other], set: { name: 'Harbour', type: 'vfx' } });
  await replica.mutate('packages.pick_up', { ids: [PACKAGE_ID], picked_up: true });
  const events = (await read<ThingEventRow>(thingEventsQuery(PROJECT_ID))).map(
    ({ kind, event, name }) => `${kind} ${event} ${name}`,
  );
  expect(events[0]).toBe('package picked up delivery_03');
  expect(events).toEqual(
    expect.arrayContaining([
      'package created delivery_03',
      'package created delivery_04',
      'project created Northlight',
      'subject created jane_doe',
    ]),
  );
  expect(await read<ThingEventRow>(thingEventsQuery(other))).toMatchObject([{ kind: 'project', name: 'Harbour' }]);
  await replica.exec(`
    INSERT INTO runs (id, project_id, package_id, status, host, assets_registered, created_at, updated_at) VALUES
      ('${uuid()}', '${PROJECT_ID}', '${PACKAGE_ID}', 'done', 'nas-1', 3, '2026-01-01Z', '2026-01-01Z'),
      ('${uuid()}', '${PROJECT_ID}', '${PACKAGE_ID}', 'scanning', NULL, 0, '2026-01-02Z', '2026-01-02Z')`);
  expect(await read<RunEventRow>(runEventsQuery(PROJECT_ID))).toMatchObject([
    { status: 'scanning', package_name: 'delivery_03', run_host: null },
    { status: 'done', run_host: 'nas-1', run_assets_registered: 3 },
  ]);
  expect(await read(runEventsQuery(other))).toEqual([]);
});

test('ownChangesQuery: lists the steps that can be undone and touch the project', async () => {
  const [step, other, mutation] = [uuid(), uuid(), uuid()];
  const inverse = (id: string) => `'[{"name":"assets.tag","args":{"ids":["${id}"]}}]'`;
  await replica.exec(`
    INSERT INTO replica.outbox (id, name, args, label) VALUES ('${mutation}', 'packages.edit', '{}', 'Edit package');
    INSERT INTO replica.undo_parts (step, state, label, mutation, inverse) VALUES
      ('${step}', 'done', 'Edit package', '${mutation}', ${inverse(PACKAGE_ID)}),
      ('${other}', 'done', 'Edit elsewhere', '${uuid()}', ${inverse(uuid())}),
      ('${uuid()}', 'undone', 'Undone', '${uuid()}', ${inverse(PACKAGE_ID)})`);
  const changes = await read<OwnChangeRow>(ownChangesQuery(PROJECT_ID));
  expect(changes).toMatchObject([{ id: step, label: 'Edit package', waiting: true }]);
  expect(changes[0]?.at).toBeInstanceOf(Date);
});

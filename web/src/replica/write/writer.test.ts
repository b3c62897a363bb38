import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import {
  ASSETS,
  arrived,
  assetRow,
  assetsShape,
  PACKAGE,
  PROJECT,
  projectRow,
  shapeBatch,
  tagRow,
  tagsShape,
} from '../testing/test-replica.ts';
import { one, projects, three, two, useThreeAssets } from '../testing/three-assets.ts';

const { replica, library } = await useThreeAssets();

test('apply: keeps values unchanged whatever characters they contain, by COPY and by statement', async () => {
  const awkward = assetRow(one, {
    name: 'a\\b\tc\nd\re.png',
    camera: '\\N',
    missing_frames: '"{1}"',
    yaw: '-1.5',
    placeholder: '\\x5c4e0009ff',
    thumbnail_version: '-7',
  });
  await replica.writer.apply([shapeBatch(assetsShape, [arrived('insert', awkward)])]);
  await replica.writer.apply([shapeBatch(assetsShape, [arrived('insert', { ...awkward, id: two }, 11n)], 11n)]);
  const { rows } = await replica.database.query(
    'SELECT name, camera, missing_frames, yaw, placeholder, thumbnail_version, width FROM assets',
  );
  const expected = {
    name: 'a\\b\tc\nd\re.png',
    camera: '\\N',
    missing_frames: '"{1}"',
    yaw: -1.5,
    placeholder: Uint8Array.of(0x5c, 0x4e, 0, 9, 0xff),
    thumbnail_version: -7,
    width: null,
  };
  expect(rows).toEqual([expected, expected]);
});

test('apply: changes nothing when a batch arrives a second time', async () => {
  await library.load();
  const batch = shapeBatch(
    assetsShape,
    [
      arrived('insert', assetRow(uuid()), 11n),
      arrived('update', { id: one, review_status: 'approved' }, 11n),
      arrived('delete', { id: two }, 11n),
    ],
    11n,
  );
  await replica.writer.apply([batch]);
  const after = await library.column('assets', 'review_status');
  expect(after).toEqual(['approved', 'unreviewed', 'unreviewed']);
  await replica.writer.apply([batch]);
  expect(await library.column('assets', 'review_status')).toEqual(after);
});

test('apply: writes rows and offset together or not at all', async () => {
  await library.load();
  const before = replica.writer.shapes.get(ASSETS);
  const broken = shapeBatch(
    assetsShape,
    [arrived('insert', assetRow(uuid()), 12n), arrived('update', { id: one, review_status: 'nonsense' }, 12n)],
    12n,
  );
  await expect(replica.writer.apply([broken])).rejects.toThrow('review_status');
  expect(await library.column('assets', 'id')).toHaveLength(3);
  await replica.reopen();
  expect(replica.writer.shapes.get(ASSETS)).toEqual(before);

  await replica.writer.apply([{ ...broken, changes: broken.changes.slice(0, 1), offset: '12_1' }]);
  await replica.reopen();
  expect(replica.writer.shapes.get(ASSETS)).toMatchObject({ offset: '12_1', handle: 'handle', lsn: 12n });
  expect(await library.column('assets', 'id')).toHaveLength(4);
});

test('apply: takes over an asset that moved from another project, whose own delete leaves it alone', async () => {
  const elsewhere = { name: 'assets', scopeId: uuid() } as const;
  await replica.writer.apply([
    shapeBatch(elsewhere, [arrived('insert', assetRow(one, { project_id: elsewhere.scopeId }))], 10n),
  ]);
  await replica.writer.apply([
    shapeBatch(assetsShape, [arrived('insert', assetRow(one)), arrived('insert', assetRow(two))]),
  ]);
  await replica.writer.apply([shapeBatch(elsewhere, [arrived('delete', { id: one }, 11n)], 11n)]);
  expect(await library.column('assets', 'id')).toEqual([one, two]);
});

test('apply: reports the changed packages and assets, and the changed columns of existing rows', async () => {
  await library.load();
  const told = (columns: string[] | null, ...ids: string[]) => ({
    packages: new Set([PACKAGE]),
    columns: columns && new Set(columns),
    assets: { ids: new Set(ids), packages: new Set() },
  });
  expect(library.toldOf('assets')).toEqual(told(null, one, two, three));
  const update = (id: string, lsn: bigint) =>
    shapeBatch(assetsShape, [arrived('update', { id, review_status: 'flagged', camera: 'cam_b' }, lsn)], lsn);
  await replica.writer.apply([update(one, 11n)]);
  expect(library.toldOf('assets')).toEqual(told(['review_status', 'camera'], one));
  await replica.writer.apply([shapeBatch(assetsShape, [arrived('delete', { id: two }, 12n)], 12n)]);
  expect(library.toldOf('assets')).toEqual(told(null, two));
  await replica.writer.apply([update(uuid(), 13n)]);
  expect(library.toldOf('assets')).toBeUndefined();
});

test('refetch: keeps rows while the new ones arrive, and deletes those missing from the complete set', async () => {
  await library.load();
  await replica.writer.refetch(assetsShape);
  expect(replica.writer.shapes.get(ASSETS)).toMatchObject({ offset: '-1', handle: null, refetching: true });
  await replica.writer.apply([shapeBatch(assetsShape, [arrived('insert', assetRow(one, { camera: 'new' }))])]);
  expect(await library.column('assets', 'id')).toEqual([one, two, three]);

  await replica.reopen();
  await replica.writer.apply([shapeBatch(assetsShape, [arrived('insert', assetRow(three))], 20n)]);
  expect(await library.column('assets', 'camera')).toEqual(['new', null]);
  expect(replica.writer.shapes.get(ASSETS)).toMatchObject({ refetching: false, lsn: 20n });
});

test('refetch: keeps the effects of pending mutations on rows that still exist', async () => {
  await library.load();
  await library.tag([one, two], ['mine']);
  await library.mutate('assets.review', { ids: [one, two], review_status: 'approved' });
  await replica.writer.refetch(assetsShape);
  await replica.writer.refetch(tagsShape);
  await replica.writer.apply([
    shapeBatch(tagsShape, [arrived('insert', tagRow(one, 'theirs'))], 20n),
    shapeBatch(assetsShape, [arrived('insert', assetRow(one)), arrived('insert', assetRow(three))], 20n),
  ]);
  expect(await library.tags()).toEqual({ [one]: ['mine', 'theirs'], [three]: [] });
  expect(await library.column('assets', 'review_status')).toEqual(['approved', 'unreviewed']);
  expect(await library.baseTags()).toEqual([`${one} theirs`]);
  expect(await library.column('replica.base_assets', 'id')).toEqual([one]);
  expect((await replica.database.query('SELECT FROM asset_tags')).rows).toHaveLength(2);
});

test('refetch: keeps unconfirmed rows that were created here', async () => {
  await library.load();
  const made = uuid();
  await library.mutate('projects.create', { ids: [made], set: { name: 'Mine', type: 'vfx' } });
  await replica.writer.refetch(projects);
  await replica.writer.apply([shapeBatch(projects, [arrived('insert', projectRow(PROJECT))], 20n)]);
  expect(await library.column('projects', 'name')).toEqual(
    ['Northlight', 'Mine'].toSorted((a) => (a === 'Mine' ? 1 : -1)),
  );
});

test('drop: deletes the shapes’ rows; a mutation of them then waits only for its acknowledgement', async () => {
  await library.load();
  const id = await library.tag([one], ['mine']);
  await replica.writer.drop([assetsShape, tagsShape]);
  expect(await library.tags()).toEqual({});
  expect((await replica.database.query('SELECT FROM asset_tags')).rows).toEqual([]);
  await replica.writer.apply([library.acknowledgement(id, 15n)]);
  expect(replica.writer.pending).toEqual([]);
});

test('createWriter: finds and settles unconfirmed mutations after a restart', async () => {
  await library.load();
  const id = await library.tag([one], ['mine']);
  await replica.reopen();
  expect(replica.writer.pending).toHaveLength(1);
  await replica.writer.apply([library.acknowledgement(id, 15n), library.tagged(15n, ['insert', one, 'mine'])]);
  expect(replica.writer.pending).toEqual([]);
  expect((await library.tags())[one]).toEqual(['mine']);
});

test('apply: applies pending mutations to the rows of a first load, as after a rebuild of the mirror', async () => {
  await library.load();
  await library.tag([one], ['mine']);
  await library.mutate('assets.review', { ids: [two], review_status: 'approved' });
  await replica.database.exec(
    'TRUNCATE assets, asset_tags, replica.base_assets, replica.base_asset_tags, replica.shapes CASCADE',
  );
  await replica.reopen();
  await library.load();
  expect((await library.tags())[one]).toEqual(['mine']);
  expect(await library.column('assets', 'review_status')).toEqual(['unreviewed', 'approved', 'unreviewed']);
  expect(await library.column('replica.base_assets', 'id')).toEqual([two]);
  expect(replica.writer.shapes.get(ASSETS)).toMatchObject({ loadedRows: 3, lsn: 10n });
});

test('mutate: does not repeat a mutation that the server has settled since', async () => {
  await library.load();
  const id = await library.tag([one], ['mine']);
  await replica.writer.apply([library.acknowledgement(id, 15n), library.tagged(15n, ['insert', one, 'mine'])]);
  await replica.writer.apply([library.tagged(16n, ['delete', one, 'mine'])]);
  expect(replica.writer.pending).toEqual([]);
  const again = await replica.writer.mutate(id, 'assets.tag', { ids: [one], add: ['mine'], remove: [] });
  expect(again).toEqual({ changedIds: [one] });
  expect(replica.writer.pending).toEqual([]);
  expect((await library.tags())[one]).toEqual([]);
});

test('mutate: queues a mutation that is too large for a proxy in parts, as one step with one answer', async () => {
  await library.load();
  const unknown = () => Array.from({ length: 12_000 }, () => uuid());
  const ids = [one, ...unknown(), two, ...unknown(), three];
  const id = uuid();
  const args = { ids, review_status: 'approved' };
  const answer = await replica.writer.mutate(id, 'assets.review', args, { label: 'Approve' });
  expect(answer).toEqual({ changedIds: [one, two, three] });
  const { pending } = replica.writer;
  expect(pending.length).toBeGreaterThan(1);
  expect(pending[0]?.mutation.id).toBe(id);
  expect(Math.max(...pending.map(({ size }) => size))).toBeLessThan(500_000);
  expect(pending.flatMap(({ mutation }) => mutation.args.ids)).toEqual(ids);
  expect(await replica.writer.mutate(id, 'assets.review', args)).toEqual(answer);
  expect(replica.writer.pending).toHaveLength(pending.length);

  expect(await replica.writer.undo(uuid())).toEqual({ label: 'Approve' });
  expect(await library.column('assets', 'review_status')).toEqual(['unreviewed', 'unreviewed', 'unreviewed']);
});

test('split: replaces a queued mutation with two, also for the next opening of the database', async () => {
  await library.load();
  const before = await library.tag([one], ['before']);
  const whole = await library.tag([one, two, three], ['hero']);
  const after = await library.tag([one, two], [], ['hero']);
  expect(await replica.writer.split(whole)).toBe(true);
  expect(await replica.writer.split(before)).toBe(false);
  const queue = () => replica.writer.pending.map(({ mutation }) => [mutation.id, mutation.args.ids]);
  const second = replica.writer.pending[2]?.mutation.id;
  const expected = [
    [before, [one]],
    [whole, [one, two]],
    [second, [three]],
    [after, [one, two]],
  ];
  expect(queue()).toEqual(expected);
  await replica.reopen();
  expect(queue()).toEqual(expected);
  expect(await library.tags()).toEqual({ [one]: ['before'], [two]: [], [three]: ['hero'] });

  await replica.writer.reject(new Map([[second ?? '', { code: 'forbidden', message: 'No.' }]]));
  expect((await library.tags())[three]).toEqual([]);
  await replica.writer.apply([
    library.acknowledgement(before, 15n),
    library.acknowledgement(whole, 16n),
    library.acknowledgement(after, 17n),
    library.tagged(17n, ['insert', one, 'before']),
  ]);
  expect(replica.writer.pending).toEqual([]);
  expect(await library.tags()).toEqual({ [one]: ['before'], [two]: [], [three]: [] });
});

test('retryRejected: fails when this version cannot make the change, and keeps it listed', async () => {
  await library.load();
  const [unknown, unreadable] = [uuid(), uuid()];
  await replica.database.query(
    `INSERT INTO replica.outbox (id, name, args, shapes, changed_ids, error_code, error_message)
     VALUES ($1, 'assets.paint', '{}', '{}', '', 'invalid_arguments', 'No.'),
       ($2, 'assets.tag', '{"ids": ["one"]}', '{}', '', 'invalid_arguments', 'No.')`,
    [unknown, unreadable],
  );
  await replica.reopen();
  for (const id of [unknown, unreadable]) {
    await expect(replica.writer.retryRejected(id)).rejects.toThrow(/^This version of the app cannot make this change/);
  }
  expect(replica.writer.rejected).toHaveLength(2);
});

import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import {
  ASSETS,
  arrived,
  assetIds,
  assetRow,
  assetsShape,
  PACKAGE,
  PROJECT,
  projectRow,
  shapeBatch,
  subjectRow,
  TAGS,
  tagRow,
  tagsShape,
} from '../testing/test-replica.ts';
import { one, projects, subjects, three, two, useThreeAssets } from '../testing/three-assets.ts';

const { replica, library } = await useThreeAssets();

test('mutate: applies at once and returns the changed ids; repeating an id changes nothing', async () => {
  await library.load();
  await replica.writer.apply([library.tagged(11n, ['insert', two, 'hero'])]);
  const id = uuid();
  const args = { ids: [one, two], add: ['hero'], remove: [] };
  expect(await replica.writer.mutate(id, 'assets.tag', args)).toEqual({ changedIds: [one] });
  const told = { packages: new Set([PACKAGE]), assets: { ids: new Set([one]), packages: new Set() } };
  expect(replica.commits.at(-1)).toEqual(new Map([['asset_tags', { ...told, columns: null }]]));
  expect(await replica.writer.mutate(id, 'assets.tag', args)).toEqual({ changedIds: [one] });
  expect(replica.writer.pending).toHaveLength(1);
  expect(replica.writer.pending[0]).toMatchObject({ shapes: [TAGS], mutation: { id, name: 'assets.tag', args } });

  await library.mutate('assets.review', { ids: [one], review_status: 'approved' });
  expect(library.toldOf('assets')).toEqual({ ...told, columns: new Set(['review_status']) });
  expect(replica.writer.pending[1]?.shapes).toEqual([ASSETS]);
});

test('mutate: changes nothing when the arguments do not parse', async () => {
  await library.load();
  await expect(library.tag([one], ['\n'])).rejects.toThrow('at least one character');
  expect([await library.tags(), replica.writer.pending, replica.writer.undoable.undo]).toEqual([
    { [one]: [], [two]: [], [three]: [] },
    [],
    null,
  ]);
});

test('mutate: keeps the server truth from before the first of two changes', async () => {
  await library.load();
  await replica.writer.apply([library.tagged(11n, ['insert', one, 'theirs'])]);
  await library.tag([one], ['mine']);
  await library.tag([one, two], ['second'], ['theirs']);
  expect(await library.tags()).toEqual({ [one]: ['mine', 'second'], [two]: ['second'], [three]: [] });
  expect(await library.baseTags()).toEqual([`${one} theirs`]);
});

test('apply: merges tags changed by others with unconfirmed tags', async () => {
  await library.load();
  await library.tag([one, two], ['mine']);
  await library.tag([one], [], ['old']);
  await replica.writer.apply([
    library.tagged(12n, ['insert', one, 'old'], ['insert', one, 'theirs'], ['insert', three, 'theirs']),
    shapeBatch(assetsShape, [arrived('delete', { id: two }, 12n)], 12n),
  ]);
  expect(await library.tags()).toEqual({ [one]: ['mine', 'theirs'], [three]: ['theirs'] });
  // No tag of the deleted asset is left behind.
  expect((await replica.database.query('SELECT FROM asset_tags')).rows).toHaveLength(3);
});

test('apply: shows fields changed by others beside unconfirmed changes', async () => {
  await library.load();
  await library.mutate('assets.review', { ids: [one, two], review_status: 'approved' });
  await library.mutate('assets.review', { ids: [one], review_status: 'flagged', expect: 'approved' });
  const theirs = (id: string) => arrived('update', { id, review_status: 'rejected', camera: 'cam_b' }, 12n);
  await replica.writer.apply([shapeBatch(assetsShape, [theirs(one), theirs(three)], 12n)]);
  expect(await library.column('assets', 'review_status')).toEqual(['flagged', 'approved', 'rejected']);
  expect(await library.column('assets', 'camera')).toEqual(['cam_b', null, 'cam_b']);
  expect(library.toldOf('assets')).toEqual({
    packages: new Set([PACKAGE]),
    columns: new Set(['review_status', 'camera']),
    assets: { ids: new Set([one, three]), packages: new Set() },
  });
});

test('apply: an edit changes nothing when its expected value has changed, as on the server', async () => {
  const id = uuid();
  await replica.writer.apply([shapeBatch(projects, [arrived('insert', projectRow(id))], 10n)]);
  await library.mutate('projects.edit', { ids: [id], set: { name: 'Renamed' }, expect: { name: 'Northlight' } });
  expect(await library.column('projects', 'name')).toEqual(['Renamed']);
  await replica.writer.apply([shapeBatch(projects, [arrived('update', { id, name: 'Theirs' }, 11n)], 11n)]);
  expect(await library.column('projects', 'name')).toEqual(['Theirs']);
});

const settled: [string, (id: string) => ReturnType<typeof shapeBatch>[][]][] = [
  ['acknowledged first', (id) => [[library.acknowledgement(id, 15n)], [library.tagged(15n, ['insert', one, 'mine'])]]],
  ['effects first', (id) => [[library.tagged(15n, ['insert', one, 'mine'])], [library.acknowledgement(id, 15n)]]],
  ['both at once', (id) => [[library.acknowledgement(id, 15n), library.tagged(15n, ['insert', one, 'mine'])]]],
  [
    'effects in a shape that is only up to date past them',
    (id) => [[library.acknowledgement(id, 15n)], [library.tagged(15n)]],
  ],
];
test.each(settled)('apply: confirms a mutation once its row and its effects have arrived, %s', async (_, arrivals) => {
  await library.load();
  const id = await library.tag([one], ['mine']);
  const rounds = arrivals(id);
  for (const [index, round] of rounds.entries()) {
    expect(replica.writer.pending).toHaveLength(1);
    expect((await library.tags())[one]).toEqual(['mine']);
    await replica.writer.apply(round);
    if (index < rounds.length - 1) await replica.reopen();
  }
  expect(replica.writer.pending).toEqual([]);
  expect(await library.baseTags()).toEqual([]);
});

test('apply: writes no row again when a confirmed mutation had the predicted effects', async () => {
  await library.load();
  const id = await library.tag([one, two], ['mine']);
  const places = () => replica.database.query('SELECT ctid, xmin, asset_id FROM asset_tags ORDER BY asset_id');
  const before = (await places()).rows;
  await replica.writer.apply([
    library.acknowledgement(id, 15n),
    library.tagged(15n, ['insert', one, 'mine'], ['insert', two, 'mine']),
  ]);
  expect(replica.writer.pending).toEqual([]);
  expect((await places()).rows).toEqual(before);
  expect(library.toldOf('asset_tags')).toBeUndefined();
});

test('apply: a mutation waits for an earlier one on the same rows, which would be replayed over it', async () => {
  const elsewhere = { name: 'assets', scopeId: uuid() } as const;
  await library.load();
  const other = assetRow(uuid(), { project_id: elsewhere.scopeId });
  await replica.writer.apply([shapeBatch(elsewhere, [arrived('insert', other)], 10n)]);
  const first = await library.mutate('assets.review', { ids: [one, other['id']], review_status: 'approved' });
  const second = await library.mutate('assets.review', { ids: [one], review_status: 'flagged' });
  const change = (id: string, review_status: string, lsn: bigint) => arrived('update', { id, review_status }, lsn);
  await replica.writer.apply([
    library.acknowledgement(first, 15n),
    library.acknowledgement(second, 16n),
    shapeBatch(assetsShape, [change(one, 'approved', 15n), change(one, 'flagged', 16n)], 16n),
  ]);
  expect((await library.column('assets', 'review_status'))[0]).toBe('flagged');
  expect(replica.writer.pending).toHaveLength(2);
  await replica.writer.apply([shapeBatch(elsewhere, [change(other['id'] ?? '', 'approved', 15n)], 16n)]);
  expect(replica.writer.pending).toEqual([]);
});

test('apply: a mutation’s row in a snapshot counts from the position at which the snapshot is up to date', async () => {
  await library.load();
  const id = await library.tag([one], ['mine']);
  await replica.writer.apply([library.acknowledgement(id, null, null)]);
  expect(replica.writer.pending[0]?.acknowledgedLsn).toBe(null);
  await replica.writer.apply([shapeBatch({ name: 'mutations', scopeId: replica.client }, [], 30n)]);
  expect(replica.writer.pending[0]?.acknowledgedLsn).toBe(30n);
  await replica.writer.apply([shapeBatch(tagsShape, [arrived('insert', tagRow(one, 'mine'), 15n)], 30n)]);
  expect(replica.writer.pending).toEqual([]);
});

test('apply: rolls back a rejected mutation, lists it with its reason, and keeps later mutations', async () => {
  await library.load();
  const refused = await library.mutate(
    'assets.tag',
    { ids: [one, two], add: ['refused'], remove: [] },
    { label: 'Tag' },
  );
  await library.tag([one], ['kept']);
  await replica.writer.apply([library.refusal(refused, 15n)]);
  expect(await library.tags()).toEqual({ [one]: ['kept'], [two]: [], [three]: [] });
  expect(replica.writer.pending).toHaveLength(1);
  const shown = {
    id: refused,
    name: 'assets.tag',
    args: { ids: [one, two], add: ['refused'], remove: [] },
    label: 'Tag',
    error: { code: 'forbidden', message: 'Not yours.' },
  };
  expect(replica.writer.rejected).toMatchObject([shown]);
  await replica.reopen();
  expect(replica.writer.rejected).toMatchObject([shown]);
  await replica.writer.discardRejected(refused);
  expect(replica.writer.rejected).toEqual([]);
});

test('reject: rolls a mutation back on the server’s answer alone', async () => {
  await library.load();
  const refused = await library.tag([one], ['refused']);
  await replica.writer.reject(new Map([[refused, { code: 'conflict', message: 'Used before.' }]]));
  expect((await library.tags())[one]).toEqual([]);
  expect([replica.writer.pending.length, replica.writer.rejected.length, await library.baseTags()]).toEqual([0, 1, []]);
});

test('retryRejected: queues the mutation again once, at the end of the queue', async () => {
  await library.load();
  const refused = await library.mutate('assets.tag', { ids: [one], add: ['again'], remove: [] }, { label: 'Tag' });
  await replica.writer.reject(new Map([[refused, { code: 'forbidden', message: 'Not now.' }]]));
  await library.tag([one], ['between']);
  await replica.writer.retryRejected(refused);
  await replica.writer.retryRejected(refused);
  expect((await library.tags())[one]).toEqual(['again', 'between']);
  expect(replica.writer.rejected).toEqual([]);
  expect(replica.writer.pending).toHaveLength(2);
  expect(replica.writer.pending[1]?.mutation.id).not.toBe(refused);
  expect(replica.writer.undoable.undo).toEqual({ label: 'Tag' });
});

test('mutate: shows a created row at once, until the server’s row replaces it', async () => {
  await library.load();
  const made = uuid();
  const id = await library.mutate('projects.create', { ids: [made], set: { name: 'Mine', type: 'vfx' } });
  const edit = await library.mutate('projects.edit', { ids: [made], set: { notes: 'soon' } });
  expect(await library.column('projects', 'notes')).toEqual(['soon']);
  expect(await library.column('replica.base_projects', 'id')).toEqual([]);
  const row = projectRow(made, { name: 'Mine' });
  await replica.writer.apply([
    library.acknowledgement(id, 15n),
    shapeBatch(projects, [arrived('insert', row, 15n)], 15n),
  ]);
  expect(replica.writer.pending.map(({ mutation }) => mutation.id)).toEqual([edit]);
  expect(await library.column('projects', 'updated_by')).toEqual(['jane']);
  expect(await library.column('projects', 'notes')).toEqual(['soon']);

  const refused = await library.mutate('projects.create', { ids: [uuid()], set: { name: 'Taken', type: 'vfx' } });
  await replica.writer.apply([library.refusal(refused, 16n)]);
  expect(await library.column('projects', 'name')).toEqual(['Mine']);
});

test('apply: moves assets back when the server rejects their new subject', async () => {
  await library.load();
  const [there, made] = [uuid(), uuid()];
  await replica.writer.apply([shapeBatch(subjects, [arrived('insert', subjectRow(there), 11n)], 11n)]);
  const create = await library.mutate('subjects.create', { ids: [made], set: { name: 'john', project_id: PROJECT } });
  await library.mutate('assets.move', { ids: [one], subject_id: made });
  await library.mutate('assets.move', { ids: [two], subject_id: there });
  expect(await library.column('assets', 'subject_id')).toEqual([made, there, null]);
  await replica.writer.apply([library.refusal(create, 15n)]);
  expect(await library.column('assets', 'subject_id')).toEqual([null, there, null]);
});

test('apply: a move waits for its subject, as after a rebuild of the mirror', async () => {
  await library.load();
  const [there] = assetIds(1);
  const arrives = shapeBatch(subjects, [arrived('insert', subjectRow(there ?? ''), 11n)], 11n);
  await replica.writer.apply([arrives]);
  await library.mutate('assets.move', { ids: [one], subject_id: there });
  await replica.database.exec('TRUNCATE assets, subjects, replica.base_assets, replica.shapes CASCADE');
  await replica.reopen();
  await library.load();
  expect(await library.column('assets', 'subject_id')).toEqual([null, null, null]);
  await replica.writer.apply([arrives]);
  expect(await library.column('assets', 'subject_id')).toEqual([there, null, null]);
});

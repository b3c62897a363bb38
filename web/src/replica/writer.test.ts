import type { MutationName } from '@ingesthub/schema/mutations.ts';
import type { ShapeReference } from '@ingesthub/schema/shapes.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  ASSETS,
  arrived,
  assetIds,
  assetRow,
  assetsShape,
  createTestReplica,
  mutationRow,
  PACKAGE,
  PROJECT,
  projectRow,
  shapeBatch,
  subjectRow,
  TAGS,
  type TestReplica,
  tagRow,
  tagsShape,
} from './test-replica.ts';

let replica: TestReplica;
beforeAll(async () => {
  replica = await createTestReplica();
});
beforeEach(() => replica.clear());
afterAll(() => replica.database.close());

const [one = '', two = '', three = ''] = assetIds(3).toSorted();
const projects: ShapeReference = { name: 'projects' };
const subjects: ShapeReference = { name: 'subjects' };

async function tags(): Promise<Record<string, string[]>> {
  const { rows } = await replica.database.query<{ id: string; tags: string[] }>(`
    SELECT id, ARRAY (SELECT tag FROM asset_tags WHERE asset_id = id ORDER BY tag) AS tags FROM assets ORDER BY id`);
  return Object.fromEntries(rows.map((row) => [row.id, row.tags]));
}

/** Tags as server truth has them, of the touched assets that have any. */
async function baseTags(): Promise<string[]> {
  const { rows } = await replica.database.query<{ tag: string }>(
    `SELECT asset_id || ' ' || tag AS tag FROM replica.base_asset_tags ORDER BY tag`,
  );
  return rows.map((row) => row.tag);
}

async function column(table: string, name: string): Promise<unknown[]> {
  const { rows } = await replica.database.query<{ value: unknown }>(
    `SELECT ${name} AS value FROM ${table} ORDER BY id`,
  );
  return rows.map((row) => row.value);
}

/** The three assets, of a first load up to LSN 10. */
async function load(): Promise<void> {
  const rows = [one, two, three].map((id) => arrived('insert', assetRow(id)));
  await replica.writer.apply([
    shapeBatch(assetsShape, rows.slice(0, 2)),
    shapeBatch(assetsShape, rows.slice(2), 10n),
    shapeBatch(tagsShape, [], 10n),
    shapeBatch(projects, [], 10n),
    shapeBatch(subjects, [], 10n),
  ]);
}

async function mutate(name: MutationName, args: object, options = {}): Promise<string> {
  const id = uuid();
  await replica.writer.mutate(id, name, args, options);
  return id;
}

function tag(ids: string[], add: string[], remove: string[] = []): Promise<string> {
  return mutate('assets.tag', { ids, add, remove });
}

function acknowledgement(id: string, lsn: bigint | null, upTo: bigint | null = lsn) {
  const reference = { name: 'mutations', scopeId: replica.client } as const;
  return shapeBatch(reference, [arrived('insert', mutationRow(id, replica.client), lsn)], upTo);
}

function refusal(id: string, lsn: bigint) {
  const row = mutationRow(id, replica.client, { code: 'forbidden', message: 'Not yours.' });
  return shapeBatch({ name: 'mutations', scopeId: replica.client }, [arrived('insert', row, lsn)], lsn);
}

function tagged(lsn: bigint, ...rows: [operation: 'insert' | 'delete', asset: string, tag: string][]) {
  const changes = rows.map(([operation, asset, name]) => arrived(operation, tagRow(asset, name), lsn));
  return shapeBatch(tagsShape, changes, lsn);
}

/** What the latest commit told of one table. */
function toldOf(table: string) {
  return replica.commits.at(-1)?.get(table);
}

test('apply: values arrive as they were, whatever characters they have, by COPY and by statement', async () => {
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

test('apply: a batch that arrives twice changes nothing the second time', async () => {
  await load();
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
  const after = await column('assets', 'review_status');
  expect(after).toEqual(['approved', 'unreviewed', 'unreviewed']);
  await replica.writer.apply([batch]);
  expect(await column('assets', 'review_status')).toEqual(after);
});

test('apply: rows and offset are written together or not at all', async () => {
  await load();
  const before = replica.writer.shapes.get(ASSETS);
  const broken = shapeBatch(
    assetsShape,
    [arrived('insert', assetRow(uuid()), 12n), arrived('update', { id: one, review_status: 'nonsense' }, 12n)],
    12n,
  );
  await expect(replica.writer.apply([broken])).rejects.toThrow('review_status');
  expect(await column('assets', 'id')).toHaveLength(3);
  await replica.reopen();
  expect(replica.writer.shapes.get(ASSETS)).toEqual(before);

  await replica.writer.apply([{ ...broken, changes: broken.changes.slice(0, 1), offset: '12_1' }]);
  await replica.reopen();
  expect(replica.writer.shapes.get(ASSETS)).toMatchObject({ offset: '12_1', handle: 'handle', lsn: 12n });
  expect(await column('assets', 'id')).toHaveLength(4);
});

test('apply: an asset that moved here from another project is taken over, and its old project’s delete leaves it', async () => {
  const elsewhere = { name: 'assets', scopeId: uuid() } as const;
  await replica.writer.apply([
    shapeBatch(elsewhere, [arrived('insert', assetRow(one, { project_id: elsewhere.scopeId }))], 10n),
  ]);
  await replica.writer.apply([
    shapeBatch(assetsShape, [arrived('insert', assetRow(one)), arrived('insert', assetRow(two))]),
  ]);
  await replica.writer.apply([shapeBatch(elsewhere, [arrived('delete', { id: one }, 11n)], 11n)]);
  expect(await column('assets', 'id')).toEqual([one, two]);
});

test('apply: tells which packages changed, and which columns of rows that stay', async () => {
  await load();
  expect(toldOf('assets')).toEqual({ packages: new Set([PACKAGE]), columns: null });
  const update = (id: string, lsn: bigint) =>
    shapeBatch(assetsShape, [arrived('update', { id, review_status: 'flagged', camera: 'cam_b' }, lsn)], lsn);
  await replica.writer.apply([update(one, 11n)]);
  expect(toldOf('assets')).toEqual({
    packages: new Set([PACKAGE]),
    columns: new Set(['review_status', 'camera']),
  });
  await replica.writer.apply([shapeBatch(assetsShape, [arrived('delete', { id: two }, 12n)], 12n)]);
  expect(toldOf('assets')).toEqual({ packages: new Set([PACKAGE]), columns: null });
  await replica.writer.apply([update(uuid(), 13n)]);
  expect(toldOf('assets')).toBeUndefined();
});

test('refetch: rows stay while the new ones come, and go when the new ones are complete without them', async () => {
  await load();
  await replica.writer.refetch(assetsShape);
  expect(replica.writer.shapes.get(ASSETS)).toMatchObject({ offset: '-1', handle: null, refetching: true });
  await replica.writer.apply([shapeBatch(assetsShape, [arrived('insert', assetRow(one, { camera: 'new' }))])]);
  expect(await column('assets', 'id')).toEqual([one, two, three]);

  await replica.reopen();
  await replica.writer.apply([shapeBatch(assetsShape, [arrived('insert', assetRow(three))], 20n)]);
  expect(await column('assets', 'camera')).toEqual(['new', null]);
  expect(replica.writer.shapes.get(ASSETS)).toMatchObject({ refetching: false, lsn: 20n });
});

test('refetch: pending mutations keep their effects, on the rows that are still there', async () => {
  await load();
  await tag([one, two], ['mine']);
  await mutate('assets.review', { ids: [one, two], review_status: 'approved' });
  await replica.writer.refetch(assetsShape);
  await replica.writer.refetch(tagsShape);
  await replica.writer.apply([
    shapeBatch(tagsShape, [arrived('insert', tagRow(one, 'theirs'))], 20n),
    shapeBatch(assetsShape, [arrived('insert', assetRow(one)), arrived('insert', assetRow(three))], 20n),
  ]);
  expect(await tags()).toEqual({ [one]: ['mine', 'theirs'], [three]: [] });
  expect(await column('assets', 'review_status')).toEqual(['approved', 'unreviewed']);
  expect(await baseTags()).toEqual([`${one} theirs`]);
  expect(await column('replica.base_assets', 'id')).toEqual([one]);
  expect((await replica.database.query('SELECT FROM asset_tags')).rows).toHaveLength(2);
});

test('refetch: what was made here and is not confirmed yet stays', async () => {
  await load();
  const made = uuid();
  await mutate('projects.create', { ids: [made], set: { name: 'Mine', type: 'vfx' } });
  await replica.writer.refetch(projects);
  await replica.writer.apply([shapeBatch(projects, [arrived('insert', projectRow(PROJECT))], 20n)]);
  expect(await column('projects', 'name')).toEqual(['Northlight', 'Mine'].toSorted((a) => (a === 'Mine' ? 1 : -1)));
});

test('drop: the shapes’ rows go, and a mutation of them waits for nothing but its acknowledgement', async () => {
  await load();
  const id = await tag([one], ['mine']);
  await replica.writer.drop([assetsShape, tagsShape]);
  expect(await tags()).toEqual({});
  expect((await replica.database.query('SELECT FROM asset_tags')).rows).toEqual([]);
  await replica.writer.apply([acknowledgement(id, 15n)]);
  expect(replica.writer.pending).toEqual([]);
});

test('mutate: applies at once, says what it changed, and the same id again changes nothing', async () => {
  await load();
  await replica.writer.apply([tagged(11n, ['insert', two, 'hero'])]);
  const id = uuid();
  const args = { ids: [one, two], add: ['hero'], remove: [] };
  expect(await replica.writer.mutate(id, 'assets.tag', args)).toEqual({ changedIds: [one] });
  expect(replica.commits.at(-1)).toEqual(new Map([['asset_tags', { packages: new Set([PACKAGE]), columns: null }]]));
  expect(await replica.writer.mutate(id, 'assets.tag', args)).toEqual({ changedIds: [one] });
  expect(replica.writer.pending).toHaveLength(1);
  expect(replica.writer.pending[0]).toMatchObject({ shapes: [TAGS], mutation: { id, name: 'assets.tag', args } });

  await mutate('assets.review', { ids: [one], review_status: 'approved' });
  expect(toldOf('assets')).toEqual({ packages: new Set([PACKAGE]), columns: new Set(['review_status']) });
  expect(replica.writer.pending[1]?.shapes).toEqual([ASSETS]);
});

test('mutate: arguments that do not parse change nothing', async () => {
  await load();
  await expect(tag([one], ['\n'])).rejects.toThrow('at least one character');
  expect([await tags(), replica.writer.pending, replica.writer.undoable.undo]).toEqual([
    { [one]: [], [two]: [], [three]: [] },
    [],
    null,
  ]);
});

test('mutate: what is touched twice keeps the server’s truth of before the first time', async () => {
  await load();
  await replica.writer.apply([tagged(11n, ['insert', one, 'theirs'])]);
  await tag([one], ['mine']);
  await tag([one, two], ['second'], ['theirs']);
  expect(await tags()).toEqual({ [one]: ['mine', 'second'], [two]: ['second'], [three]: [] });
  expect(await baseTags()).toEqual([`${one} theirs`]);
});

test('apply: tags that others change meanwhile merge with those that are not confirmed yet', async () => {
  await load();
  await tag([one, two], ['mine']);
  await tag([one], [], ['old']);
  await replica.writer.apply([
    tagged(12n, ['insert', one, 'old'], ['insert', one, 'theirs'], ['insert', three, 'theirs']),
    shapeBatch(assetsShape, [arrived('delete', { id: two }, 12n)], 12n),
  ]);
  expect(await tags()).toEqual({ [one]: ['mine', 'theirs'], [three]: ['theirs'] });
  // Of an asset that is gone no tag stays behind.
  expect((await replica.database.query('SELECT FROM asset_tags')).rows).toHaveLength(3);
});

test('apply: fields that others change meanwhile show beside those that are not confirmed yet', async () => {
  await load();
  await mutate('assets.review', { ids: [one, two], review_status: 'approved' });
  await mutate('assets.review', { ids: [one], review_status: 'flagged', expect: 'approved' });
  const theirs = (id: string) => arrived('update', { id, review_status: 'rejected', camera: 'cam_b' }, 12n);
  await replica.writer.apply([shapeBatch(assetsShape, [theirs(one), theirs(three)], 12n)]);
  expect(await column('assets', 'review_status')).toEqual(['flagged', 'approved', 'rejected']);
  expect(await column('assets', 'camera')).toEqual(['cam_b', null, 'cam_b']);
  expect(toldOf('assets')).toEqual({
    packages: new Set([PACKAGE]),
    columns: new Set(['review_status', 'camera']),
  });
});

test('apply: an edit that expects what is no longer so changes nothing, here as at the server', async () => {
  const id = uuid();
  await replica.writer.apply([shapeBatch(projects, [arrived('insert', projectRow(id))], 10n)]);
  await mutate('projects.edit', { ids: [id], set: { name: 'Renamed' }, expect: { name: 'Northlight' } });
  expect(await column('projects', 'name')).toEqual(['Renamed']);
  await replica.writer.apply([shapeBatch(projects, [arrived('update', { id, name: 'Theirs' }, 11n)], 11n)]);
  expect(await column('projects', 'name')).toEqual(['Theirs']);
});

const settled: [string, (id: string) => ReturnType<typeof shapeBatch>[][]][] = [
  ['acknowledged first', (id) => [[acknowledgement(id, 15n)], [tagged(15n, ['insert', one, 'mine'])]]],
  ['effects first', (id) => [[tagged(15n, ['insert', one, 'mine'])], [acknowledgement(id, 15n)]]],
  ['both at once', (id) => [[acknowledgement(id, 15n), tagged(15n, ['insert', one, 'mine'])]]],
  ['effects in a shape that is only up to date past it', (id) => [[acknowledgement(id, 15n)], [tagged(15n)]]],
];
test.each(settled)('apply: a mutation is confirmed when its row and its effects are here, %s', async (_, arrivals) => {
  await load();
  const id = await tag([one], ['mine']);
  const rounds = arrivals(id);
  for (const [index, round] of rounds.entries()) {
    expect(replica.writer.pending).toHaveLength(1);
    expect((await tags())[one]).toEqual(['mine']);
    await replica.writer.apply(round);
    if (index < rounds.length - 1) await replica.reopen();
  }
  expect(replica.writer.pending).toEqual([]);
  expect(await baseTags()).toEqual([]);
});

test('apply: a confirmed mutation whose effects are as they were foreseen writes no row anew', async () => {
  await load();
  const id = await tag([one, two], ['mine']);
  const places = () => replica.database.query('SELECT ctid, xmin, asset_id FROM asset_tags ORDER BY asset_id');
  const before = (await places()).rows;
  await replica.writer.apply([acknowledgement(id, 15n), tagged(15n, ['insert', one, 'mine'], ['insert', two, 'mine'])]);
  expect(replica.writer.pending).toEqual([]);
  expect((await places()).rows).toEqual(before);
  expect(toldOf('asset_tags')).toBeUndefined();
});

test('apply: a mutation waits for an earlier one of the same rows, whose effects would show over it', async () => {
  const elsewhere = { name: 'assets', scopeId: uuid() } as const;
  await load();
  const other = assetRow(uuid(), { project_id: elsewhere.scopeId });
  await replica.writer.apply([shapeBatch(elsewhere, [arrived('insert', other)], 10n)]);
  const first = await mutate('assets.review', { ids: [one, other['id']], review_status: 'approved' });
  const second = await mutate('assets.review', { ids: [one], review_status: 'flagged' });
  const change = (id: string, review_status: string, lsn: bigint) => arrived('update', { id, review_status }, lsn);
  await replica.writer.apply([
    acknowledgement(first, 15n),
    acknowledgement(second, 16n),
    shapeBatch(assetsShape, [change(one, 'approved', 15n), change(one, 'flagged', 16n)], 16n),
  ]);
  expect((await column('assets', 'review_status'))[0]).toBe('flagged');
  expect(replica.writer.pending).toHaveLength(2);
  await replica.writer.apply([shapeBatch(elsewhere, [change(other['id'] ?? '', 'approved', 15n)], 16n)]);
  expect(replica.writer.pending).toEqual([]);
});

test('apply: a mutation’s row that comes in a snapshot counts from where the snapshot is up to date', async () => {
  await load();
  const id = await tag([one], ['mine']);
  await replica.writer.apply([acknowledgement(id, null, null)]);
  expect(replica.writer.pending[0]?.acknowledgedLsn).toBe(null);
  await replica.writer.apply([shapeBatch({ name: 'mutations', scopeId: replica.client }, [], 30n)]);
  expect(replica.writer.pending[0]?.acknowledgedLsn).toBe(30n);
  await replica.writer.apply([shapeBatch(tagsShape, [arrived('insert', tagRow(one, 'mine'), 15n)], 30n)]);
  expect(replica.writer.pending).toEqual([]);
});

test('apply: a rejected mutation is taken back, kept with its reason, and what follows it stands', async () => {
  await load();
  const refused = await mutate('assets.tag', { ids: [one, two], add: ['refused'], remove: [] }, { label: 'Tag' });
  await tag([one], ['kept']);
  await replica.writer.apply([refusal(refused, 15n)]);
  expect(await tags()).toEqual({ [one]: ['kept'], [two]: [], [three]: [] });
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

test('reject: the answer alone takes a mutation back', async () => {
  await load();
  const refused = await tag([one], ['refused']);
  await replica.writer.reject(new Map([[refused, { code: 'conflict', message: 'Used before.' }]]));
  expect((await tags())[one]).toEqual([]);
  expect([replica.writer.pending.length, replica.writer.rejected.length, await baseTags()]).toEqual([0, 1, []]);
});

test('retryRejected: makes it anew at the end of the queue, once', async () => {
  await load();
  const refused = await mutate('assets.tag', { ids: [one], add: ['again'], remove: [] }, { label: 'Tag' });
  await replica.writer.reject(new Map([[refused, { code: 'forbidden', message: 'Not now.' }]]));
  await tag([one], ['between']);
  await replica.writer.retryRejected(refused);
  await replica.writer.retryRejected(refused);
  expect((await tags())[one]).toEqual(['again', 'between']);
  expect(replica.writer.rejected).toEqual([]);
  expect(replica.writer.pending).toHaveLength(2);
  expect(replica.writer.pending[1]?.mutation.id).not.toBe(refused);
  expect(replica.writer.undoable.undo).toEqual({ label: 'Tag' });
});

test('mutate: what is made here is there at once, and the server’s row takes its place', async () => {
  await load();
  const made = uuid();
  const id = await mutate('projects.create', { ids: [made], set: { name: 'Mine', type: 'vfx' } });
  const edit = await mutate('projects.edit', { ids: [made], set: { notes: 'soon' } });
  expect(await column('projects', 'notes')).toEqual(['soon']);
  expect(await column('replica.base_projects', 'id')).toEqual([]);
  const row = projectRow(made, { name: 'Mine' });
  await replica.writer.apply([acknowledgement(id, 15n), shapeBatch(projects, [arrived('insert', row, 15n)], 15n)]);
  expect(replica.writer.pending.map(({ mutation }) => mutation.id)).toEqual([edit]);
  expect(await column('projects', 'updated_by')).toEqual(['jane']);
  expect(await column('projects', 'notes')).toEqual(['soon']);

  const refused = await mutate('projects.create', { ids: [uuid()], set: { name: 'Taken', type: 'vfx' } });
  await replica.writer.apply([refusal(refused, 16n)]);
  expect(await column('projects', 'name')).toEqual(['Mine']);
});

test('apply: assets moved to a subject that the server refuses to make go back', async () => {
  await load();
  const [there, made] = [uuid(), uuid()];
  await replica.writer.apply([shapeBatch(subjects, [arrived('insert', subjectRow(there), 11n)], 11n)]);
  const create = await mutate('subjects.create', { ids: [made], set: { name: 'john', project_id: PROJECT } });
  await mutate('assets.move', { ids: [one], subject_id: made });
  await mutate('assets.move', { ids: [two], subject_id: there });
  expect(await column('assets', 'subject_id')).toEqual([made, there, null]);
  await replica.writer.apply([refusal(create, 15n)]);
  expect(await column('assets', 'subject_id')).toEqual([null, there, null]);
});

test('createWriter: a restart finds what is not confirmed, and settles it', async () => {
  await load();
  const id = await tag([one], ['mine']);
  await replica.reopen();
  expect(replica.writer.pending).toHaveLength(1);
  await replica.writer.apply([acknowledgement(id, 15n), tagged(15n, ['insert', one, 'mine'])]);
  expect(replica.writer.pending).toEqual([]);
  expect((await tags())[one]).toEqual(['mine']);
});

test('apply: rows of a first load that pending mutations touch get their effects, as after the mirror was made anew', async () => {
  await load();
  await tag([one], ['mine']);
  await mutate('assets.review', { ids: [two], review_status: 'approved' });
  await replica.database.exec(
    'TRUNCATE assets, asset_tags, replica.base_assets, replica.base_asset_tags, replica.shapes CASCADE',
  );
  await replica.reopen();
  await load();
  expect((await tags())[one]).toEqual(['mine']);
  expect(await column('assets', 'review_status')).toEqual(['unreviewed', 'approved', 'unreviewed']);
  expect(await column('replica.base_assets', 'id')).toEqual([two]);
  expect(replica.writer.shapes.get(ASSETS)).toMatchObject({ loadedRows: 3, lsn: 10n });
});

test('undo: takes back what a step really changed, and redo does it again, in the order they were done', async () => {
  await load();
  await replica.writer.apply([tagged(11n, ['insert', two, 'hero'])]);
  await mutate('assets.tag', { ids: [one, two], add: ['hero'], remove: [] }, { label: 'Tag “hero”' });
  await mutate('assets.review', { ids: [one, two], review_status: 'approved' }, { label: 'Approve' });
  expect(replica.writer.undoable).toEqual({ undo: { label: 'Approve' }, redo: null });

  expect(await replica.writer.undo(uuid())).toEqual({ label: 'Approve' });
  await replica.reopen();
  expect(replica.writer.undoable).toEqual({ undo: { label: 'Tag “hero”' }, redo: { label: 'Approve' } });
  await replica.writer.undo(uuid());
  expect(await tags()).toEqual({ [one]: [], [two]: ['hero'], [three]: [] });
  expect(await column('assets', 'review_status')).toEqual(['unreviewed', 'unreviewed', 'unreviewed']);
  expect(await replica.writer.undo(uuid())).toBe(null);

  expect(await replica.writer.redo(uuid())).toEqual({ label: 'Tag “hero”' });
  expect(await replica.writer.redo(uuid())).toEqual({ label: 'Approve' });
  expect(await replica.writer.redo(uuid())).toBe(null);
  expect(await tags()).toEqual({ [one]: ['hero'], [two]: ['hero'], [three]: [] });
  expect(await column('assets', 'review_status')).toEqual(['approved', 'approved', 'unreviewed']);
  expect(replica.writer.undoable).toEqual({ undo: { label: 'Approve' }, redo: null });
  expect(replica.writer.pending).toHaveLength(6);
});

test('undo: mutations of one step go back together; the same request again does nothing; a new mutation ends redo', async () => {
  await load();
  const step = uuid();
  await tag([one], ['before']);
  await mutate('assets.review', { ids: [one], review_status: 'approved' }, { step, label: 'Both' });
  await mutate('assets.review', { ids: [one, two], review_status: 'flagged' }, { step, label: 'Both' });
  const request = uuid();
  expect(await replica.writer.undo(request)).toEqual({ label: 'Both' });
  expect(await replica.writer.undo(request)).toEqual({ label: 'Both' });
  expect(await column('assets', 'review_status')).toEqual(['unreviewed', 'unreviewed', 'unreviewed']);
  expect((await tags())[one]).toEqual(['before']);
  await tag([three], ['new']);
  expect(replica.writer.undoable.redo).toBe(null);
  expect(await replica.writer.redo(uuid())).toBe(null);
});

test('undo: after confirmation too, and leaves alone what somebody else has changed since', async () => {
  await load();
  const id = await mutate('assets.review', { ids: [one, two], review_status: 'approved' });
  const change = (asset: string, review_status: string, lsn: bigint) =>
    arrived('update', { id: asset, review_status }, lsn);
  await replica.writer.apply([
    acknowledgement(id, 15n),
    shapeBatch(assetsShape, [change(one, 'approved', 15n), change(two, 'approved', 15n)], 15n),
  ]);
  expect(replica.writer.pending).toEqual([]);
  await replica.writer.apply([shapeBatch(assetsShape, [change(one, 'rejected', 16n)], 16n)]);
  await replica.writer.undo(uuid());
  expect(await column('assets', 'review_status')).toEqual(['rejected', 'unreviewed', 'unreviewed']);
  await replica.writer.redo(uuid());
  expect(await column('assets', 'review_status')).toEqual(['rejected', 'approved', 'unreviewed']);
});

test('undo: brings back what was deleted, and takes away what was made', async () => {
  await load();
  const made = uuid();
  await mutate('subjects.create', { ids: [made], set: { name: 'john', project_id: PROJECT } });
  await mutate('assets.delete', { ids: [one] });
  const deleted = async (table: string) => (await column(table, 'deleted_by')).filter((by) => by === 'local').length;
  expect(await deleted('assets')).toBe(1);
  await replica.writer.undo(uuid());
  await replica.writer.undo(uuid());
  expect([await deleted('assets'), await deleted('subjects')]).toEqual([0, 1]);
  await replica.writer.redo(uuid());
  expect(await deleted('subjects')).toBe(0);
});

test('undo: a rejected mutation leaves its step, and one that changed nothing makes none', async () => {
  await load();
  const step = uuid();
  const refused = await mutate('assets.tag', { ids: [one], add: ['refused'], remove: [] }, { step });
  await mutate('assets.tag', { ids: [one], add: ['kept'], remove: [] }, { step });
  await mutate('assets.tag', { ids: [one], add: ['kept'], remove: [] }, { label: 'Nothing' });
  await replica.writer.apply([refusal(refused, 15n)]);
  expect(await replica.writer.undo(uuid())).toEqual({ label: null });
  expect((await tags())[one]).toEqual([]);
  expect(replica.writer.undoable.undo).toBe(null);
  expect(replica.writer.pending).toHaveLength(3);
});

test('undo: the latest hundred steps are kept', async () => {
  await load();
  for (let count = 0; count < 102; count++) {
    const review_status = count % 2 === 0 ? 'approved' : 'rejected';
    await mutate('assets.review', { ids: [one], review_status }, { label: String(count) });
  }
  const { rows } = await replica.database.query<{ label: string }>(
    'SELECT label FROM replica.undo_parts ORDER BY position',
  );
  expect([rows.length, rows[0]?.label]).toEqual([100, '2']);
});

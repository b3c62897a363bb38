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
  PROJECT,
  shapeBatch,
  type TestReplica,
} from './test-replica.ts';

let replica: TestReplica;
beforeAll(async () => {
  replica = await createTestReplica();
});
beforeEach(() => replica.clear());
afterAll(() => replica.database.close());

const [one = '', two = '', three = ''] = assetIds(3).toSorted();

async function tags(): Promise<Record<string, string[]>> {
  const { rows } = await replica.database.query<{ id: string; tags: string[] }>(
    'SELECT id, tags FROM assets ORDER BY id',
  );
  return Object.fromEntries(rows.map((row) => [row.id, row.tags]));
}

async function baseIds(): Promise<string[]> {
  const { rows } = await replica.database.query<{ id: string }>('SELECT id FROM replica.base_assets ORDER BY id');
  return rows.map((row) => row.id);
}

/** The three assets, of a first load up to LSN 10. */
async function load(): Promise<void> {
  const rows = [one, two, three].map((id) => arrived('insert', assetRow(id)));
  await replica.writer.apply([shapeBatch(assetsShape, rows.slice(0, 2)), shapeBatch(assetsShape, rows.slice(2), 10n)]);
}

async function tag(ids: string[], add: string[], remove: string[] = []): Promise<string> {
  const id = uuid();
  await replica.writer.mutate(id, 'assets.tag', { ids, add, remove });
  return id;
}

function acknowledgement(id: string, lsn: bigint | null, upTo: bigint | null = lsn) {
  const reference = { name: 'mutations', scopeId: replica.client } as const;
  return shapeBatch(reference, [arrived('insert', mutationRow(id, replica.client), lsn)], upTo);
}

test('apply: values arrive as they were, whatever characters they have', async () => {
  const awkward = assetRow(one, {
    relative_path: 'a\\b\tc\nd\re.png',
    name: '\\N',
    tags: '{"a, b","c\\"d",NULL}',
    camera: '',
    yaw: '-1.5',
  });
  await replica.writer.apply([shapeBatch(assetsShape, [arrived('insert', awkward)])]);
  await replica.writer.apply([shapeBatch(assetsShape, [arrived('insert', { ...awkward, id: two }, 11n)], 11n)]);
  const { rows } = await replica.database.query('SELECT relative_path, name, tags, camera, yaw, codec FROM assets');
  const expected = {
    relative_path: 'a\\b\tc\nd\re.png',
    name: '\\N',
    tags: ['a, b', 'c"d', null],
    camera: '',
    yaw: -1.5,
    codec: null,
  };
  expect(rows).toEqual([expected, expected]);
});

test('apply: a batch that arrives twice changes nothing the second time', async () => {
  await load();
  const batch = shapeBatch(
    assetsShape,
    [
      arrived('insert', assetRow(uuid()), 11n),
      arrived('update', { id: one, tags: '{hero}', review_status: 'approved' }, 11n),
      arrived('delete', { id: two }, 11n),
    ],
    11n,
  );
  await replica.writer.apply([batch]);
  const after = await tags();
  expect(Object.keys(after)).toHaveLength(3);
  expect(after[one]).toEqual(['hero']);
  await replica.writer.apply([batch]);
  expect(await tags()).toEqual(after);
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
  expect(Object.keys(await tags())).toHaveLength(3);
  await replica.reopen();
  expect(replica.writer.shapes.get(ASSETS)).toEqual(before);

  await replica.writer.apply([{ ...broken, changes: broken.changes.slice(0, 1), offset: '12_1' }]);
  await replica.reopen();
  expect(replica.writer.shapes.get(ASSETS)).toMatchObject({ offset: '12_1', handle: 'handle', lsn: 12n });
  expect(Object.keys(await tags())).toHaveLength(4);
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
  expect(Object.keys(await tags())).toEqual([one, two]);
});

test('refetch: rows stay while the new ones come, and go when the new ones are complete without them', async () => {
  await load();
  await replica.writer.refetch(assetsShape);
  expect(replica.writer.shapes.get(ASSETS)).toMatchObject({ offset: '-1', handle: null, refetching: true });
  await replica.writer.apply([shapeBatch(assetsShape, [arrived('insert', assetRow(one, { tags: '{new}' }))])]);
  expect(Object.keys(await tags())).toEqual([one, two, three]);

  await replica.reopen();
  await replica.writer.apply([shapeBatch(assetsShape, [arrived('insert', assetRow(three))], 20n)]);
  expect(await tags()).toEqual({ [one]: ['new'], [three]: [] });
  expect(replica.writer.shapes.get(ASSETS)).toMatchObject({ refetching: false, lsn: 20n });
});

test('refetch: pending mutations keep their effects, on the rows that are still there', async () => {
  await load();
  await tag([one, two], ['mine']);
  await replica.writer.refetch(assetsShape);
  await replica.writer.apply([
    shapeBatch(
      assetsShape,
      [arrived('insert', assetRow(one, { tags: '{theirs}' })), arrived('insert', assetRow(three))],
      20n,
    ),
  ]);
  expect(await tags()).toEqual({ [one]: ['mine', 'theirs'], [three]: [] });
  expect(await baseIds()).toEqual([one]);
});

test('drop: the shape’s rows go, and a mutation of them waits for nothing but its acknowledgement', async () => {
  await load();
  const id = await tag([one], ['mine']);
  await replica.writer.drop(assetsShape);
  expect(await tags()).toEqual({});
  await replica.writer.apply([acknowledgement(id, 15n)]);
  expect(replica.writer.pending).toEqual([]);
});

test('mutate: applies at once, says what it changed, and the same id again changes nothing', async () => {
  await load();
  await replica.writer.apply([shapeBatch(assetsShape, [arrived('update', { id: two, tags: '{hero}' }, 11n)], 11n)]);
  const id = uuid();
  const args = { ids: [one, two], add: ['hero'], remove: [] };
  expect(await replica.writer.mutate(id, 'assets.tag', args)).toEqual({ changedIds: [one] });
  expect(replica.commits.at(-1)).toEqual(['assets']);
  expect(await replica.writer.mutate(id, 'assets.tag', args)).toEqual({ changedIds: [one] });
  expect(replica.writer.pending).toHaveLength(1);
  expect(replica.writer.pending[0]).toMatchObject({ shapes: [ASSETS], mutation: { id, name: 'assets.tag', args } });
});

test('mutate: arguments that do not parse change nothing', async () => {
  await load();
  await expect(tag([one], ['\n'])).rejects.toThrow('at least one character');
  expect([await tags(), replica.writer.pending, await baseIds()]).toEqual([
    { [one]: [], [two]: [], [three]: [] },
    [],
    [],
  ]);
});

test('apply: tags that others change meanwhile merge with those that are not confirmed yet', async () => {
  await load();
  await tag([one, two], ['mine']);
  await tag([one], [], ['old']);
  await replica.writer.apply([
    shapeBatch(
      assetsShape,
      [
        arrived('update', { id: one, tags: '{old,theirs}' }, 12n),
        arrived('delete', { id: two }, 12n),
        arrived('update', { id: three, tags: '{theirs}' }, 12n),
      ],
      12n,
    ),
  ]);
  expect(await tags()).toEqual({ [one]: ['mine', 'theirs'], [three]: ['theirs'] });
});

test.each([
  ['acknowledged first', (id: string) => [[acknowledgement(id, 15n)], [effect()]]],
  ['effects first', (id: string) => [[effect()], [acknowledgement(id, 15n)]]],
  ['both at once', (id: string) => [[acknowledgement(id, 15n), effect()]]],
  [
    'effects in a shape that is only up to date past it',
    (id: string) => [[acknowledgement(id, 15n)], [shapeBatch(assetsShape, [], 15n)]],
  ],
])('apply: a mutation is confirmed when its row and its effects are here, %s', async (_, arrivals) => {
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
  expect(await baseIds()).toEqual([]);
});

function effect() {
  return shapeBatch(assetsShape, [arrived('update', { id: one, tags: '{mine}' }, 15n)], 15n);
}

test('apply: a mutation’s row that comes in a snapshot counts from where the snapshot is up to date', async () => {
  await load();
  const id = await tag([one], ['mine']);
  await replica.writer.apply([acknowledgement(id, null, null)]);
  expect(replica.writer.pending[0]?.acknowledgedLsn).toBe(null);
  await replica.writer.apply([shapeBatch({ name: 'mutations', scopeId: replica.client }, [], 30n)]);
  expect(replica.writer.pending[0]?.acknowledgedLsn).toBe(30n);
  await replica.writer.apply([shapeBatch(assetsShape, [arrived('update', { id: one, tags: '{mine}' }, 15n)], 30n)]);
  expect(replica.writer.pending).toEqual([]);
});

test('apply: a rejected mutation is taken back, kept with its reason, and what follows it stands', async () => {
  await load();
  const refused = await tag([one, two], ['refused']);
  await tag([one], ['kept']);
  const reference = { name: 'mutations', scopeId: replica.client } as const;
  const row = mutationRow(refused, replica.client, { code: 'forbidden', message: 'Not yours.' });
  await replica.writer.apply([shapeBatch(reference, [arrived('insert', row, 15n)], 15n)]);
  expect(await tags()).toEqual({ [one]: ['kept'], [two]: [], [three]: [] });
  expect(replica.writer.pending).toHaveLength(1);
  const shown = { id: refused, name: 'assets.tag', error: { code: 'forbidden', message: 'Not yours.' } };
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
  expect([replica.writer.pending.length, replica.writer.rejected.length, await baseIds()]).toEqual([0, 1, []]);
});

test('createWriter: a restart finds what is not confirmed, and settles it', async () => {
  await load();
  const id = await tag([one], ['mine']);
  await replica.reopen();
  expect(replica.writer.pending).toHaveLength(1);
  await replica.writer.apply([acknowledgement(id, 15n), effect()]);
  expect(replica.writer.pending).toEqual([]);
  expect((await tags())[one]).toEqual(['mine']);
});

test('apply: rows of a first load that pending mutations touch get their effects, as after the mirror was made anew', async () => {
  await load();
  await tag([one], ['mine']);
  await replica.database.exec('TRUNCATE assets, replica.base_assets, replica.shapes');
  await replica.reopen();
  await load();
  expect((await tags())[one]).toEqual(['mine']);
  expect(await baseIds()).toEqual([one]);
  expect(replica.writer.shapes.get(ASSETS)).toMatchObject({ loadedRows: 3, lsn: 10n });
  expect(PROJECT).toBe(assetsShape.scopeId);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { writeChoice } from '../model/kept-projects.ts';
import { readReplicatedTables } from '../model/replicated-tables.ts';
import { openDiskFile } from '../storage/disk-files.ts';
import {
  arrived,
  assetIds,
  assetRow,
  assetsShape,
  createTestReplica,
  mutationRow,
  PROJECT,
  shapeBatch,
  type TestReplica,
  tagRow,
  tagsShape,
} from '../testing/test-replica.ts';
import { adoptUnsent } from './adopt-unsent.ts';
import { readUnsent } from './carry-unsent.ts';
import { keepJournal } from './keep-journal.ts';
import { UnsentJournal } from './unsent-journal.ts';

let replica: TestReplica;
let folder: string;
const [first = '', second = ''] = assetIds(2);

beforeAll(async () => {
  replica = await createTestReplica();
  folder = mkdtempSync(path.join(tmpdir(), 'ihub-adopt-'));
});
beforeEach(() => replica.clear());
afterAll(async () => {
  await replica.database.close();
  rmSync(folder, { recursive: true });
});

const openJournal = () => new UnsentJournal(openDiskFile(path.join(folder, 'unsent')));
const select = async (text: string) => (await replica.database.query<Record<string, unknown>>(text)).rows;
const shown = async () => ({
  assets: await select('SELECT id, review_status FROM assets ORDER BY id'),
  tags: await select('SELECT asset_id, tag FROM asset_tags ORDER BY asset_id, tag'),
  projects: await select('SELECT id, name FROM projects'),
});

/** Applies the server's rows, as an image or the shapes deliver them. */
async function load(): Promise<void> {
  await replica.writer.apply([
    shapeBatch({ name: 'projects' }, [], 10n),
    shapeBatch(
      assetsShape,
      [first, second].map((id) => arrived('insert', assetRow(id))),
      10n,
    ),
    shapeBatch(tagsShape, [arrived('insert', tagRow(first, 'old'))], 10n),
  ]);
}

/** Makes changes of each kind, with the journal kept as in the app. @returns their ids. */
async function work(): Promise<string[]> {
  const { writer } = replica;
  const journal = openJournal();
  const journaled = keepJournal(journal, uuid(), writer, (error) => {
    throw error;
  });
  const ids = [uuid(), uuid(), uuid(), uuid()];
  const [tag = '', review = '', create = '', edit = ''] = ids;
  const project = uuid();
  await writer.mutate(tag, 'assets.tag', { ids: [first, second], add: ['new'], remove: ['old'] });
  await writer.mutate(review, 'assets.review', { ids: [first], review_status: 'approved' });
  journaled();
  await writer.mutate(create, 'projects.create', { ids: [project], set: { name: 'Made here', type: 'vfx' } });
  await writer.mutate(edit, 'projects.edit', { ids: [project], set: { name: 'Edited here' } });
  journaled();
  journal.close();
  return ids;
}

async function adopt(): Promise<number> {
  const changes = openJournal().changes;
  if (!changes) throw new Error('The journal is empty.');
  const adopted = await adoptUnsent(replica.database, await readReplicatedTables(replica.database), changes);
  await replica.reopen();
  return adopted;
}
const pendingIds = () => replica.writer.pending.map(({ mutation }) => mutation.id);

test.for(['before the changes are adopted', 'after'] as const)(
  'adoptUnsent: a rebuilt database shows the same as the lost one when the server’s rows arrive %s',
  async (when) => {
    await load();
    const ids = await work();
    const before = await shown();
    await replica.clear();
    if (when === 'after') expect(await adopt()).toBe(4);
    await load();
    if (when !== 'after') expect(await adopt()).toBe(4);
    expect(pendingIds()).toEqual(ids);
    expect(await shown()).toEqual(before);
    expect(replica.writer.pending[0]?.shapes).toEqual([`asset_tags?project=${assetRow(first)['project_id']}`]);

    // Another user's change arrives below the adopted ones.
    await replica.writer.apply([
      shapeBatch(assetsShape, [arrived('update', { id: first, review_status: 'flagged' }, 20n)], 20n),
      shapeBatch(tagsShape, [arrived('insert', tagRow(first, 'theirs'), 20n)], 20n),
    ]);
    expect((await shown()).assets).toEqual(before.assets);
    await replica.writer.reject(new Map(ids.map((id) => [id, { code: 'forbidden', message: 'No.' }])));
    expect(await shown()).toMatchObject({
      assets: expect.arrayContaining([{ id: first, review_status: 'flagged' }]),
      tags: [
        { asset_id: first, tag: 'old' },
        { asset_id: first, tag: 'theirs' },
      ],
      projects: [],
    });
  },
);

test('keepJournal: keeps the order of the changes when one is split', async () => {
  await load();
  const { writer } = replica;
  const journal = openJournal();
  const journaled = keepJournal(journal, uuid(), writer, (error) => {
    throw error;
  });
  const [whole, later] = [uuid(), uuid()];
  await writer.mutate(whole, 'assets.tag', { ids: [first, second], add: ['new'], remove: [] });
  await writer.mutate(later, 'assets.tag', { ids: [first, second], add: [], remove: ['new'] });
  journaled();
  await writer.split(whole);
  journaled();
  const expected = writer.pending.map(({ mutation }) => [mutation.id, mutation.args.ids]);
  const found = openJournal().changes?.mutations ?? [];
  expect(found.map(({ id, args }) => [id, (args as { ids: string[] }).ids])).toEqual(expected);
  journal.close();
});

test('adoptUnsent: adds only mutations that the replica lacks, and rejects those it cannot read', async () => {
  await load();
  const [tag = '', review = '', ...rest] = await work();
  const journal = openJournal();
  const known = uuid();
  journal.add([
    { id: known, name: 'assets.tag', args: { ids: [first], add: ['x'], remove: [] }, shapes: [] },
    { id: uuid(), name: 'assets.paint', args: {}, shapes: [] },
  ]);
  const client = journal.changes?.client ?? '';
  await replica.writer.apply([
    shapeBatch({ name: 'mutations', scopeId: client }, [arrived('insert', mutationRow(known, client))], 30n),
  ]);
  expect(await adopt()).toBe(1);
  expect(pendingIds()).toEqual([tag, review, ...rest]);
  expect(replica.writer.rejected).toMatchObject([{ name: 'assets.paint', error: { code: 'invalid_arguments' } }]);
  expect(await select('SELECT client FROM replica.identity')).toEqual([{ client }]);
});

test('readUnsent: the journal carries the client, changes, rejections, undo steps and choices to another version', async () => {
  await load();
  const { writer } = replica;
  const refused = uuid();
  await writer.mutate(refused, 'assets.review', { ids: [second], review_status: 'flagged' });
  await writer.reject(new Map([[refused, { code: 'forbidden', message: 'No.' }]]));
  const step = uuid();
  await writer.mutate(uuid(), 'assets.tag', { ids: [first], add: ['new'], remove: [] }, { step, label: 'Tag' });
  await writeChoice(replica.database, PROJECT, 'unfollowed');
  const before = await shown();

  openJournal().replace(await readUnsent(replica.database));
  await replica.clear();
  await load();
  expect(await adopt()).toBe(1);
  expect(await shown()).toEqual(before);
  expect(replica.writer.rejected).toMatchObject([{ id: refused, error: { code: 'forbidden', message: 'No.' } }]);
  expect(await replica.writer.undo(uuid())).toEqual({ label: 'Tag' });
  expect((await shown()).tags).toEqual([{ asset_id: first, tag: 'old' }]);
  const choices = await replica.database.query('SELECT project_id, choice FROM replica.working_set');
  expect(choices.rows).toEqual([{ project_id: PROJECT, choice: 'unfollowed' }]);
});

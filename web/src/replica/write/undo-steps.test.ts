import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { arrived, assetsShape, PROJECT, shapeBatch } from '../testing/test-replica.ts';
import { one, three, two, useThreeAssets } from '../testing/three-assets.ts';

const { replica, library } = await useThreeAssets();

test('undo: reverses only real changes of a step; redo repeats them, both in the right order', async () => {
  await library.load();
  await replica.writer.apply([library.tagged(11n, ['insert', two, 'hero'])]);
  await library.mutate('assets.tag', { ids: [one, two], add: ['hero'], remove: [] }, { label: 'Tag “hero”' });
  await library.mutate('assets.review', { ids: [one, two], review_status: 'approved' }, { label: 'Approve' });
  expect(replica.writer.undoable).toEqual({ undo: { label: 'Approve' }, redo: null });

  expect(await replica.writer.undo(uuid())).toEqual({ label: 'Approve' });
  await replica.reopen();
  expect(replica.writer.undoable).toEqual({ undo: { label: 'Tag “hero”' }, redo: { label: 'Approve' } });
  await replica.writer.undo(uuid());
  expect(await library.tags()).toEqual({ [one]: [], [two]: ['hero'], [three]: [] });
  expect(await library.column('assets', 'review_status')).toEqual(['unreviewed', 'unreviewed', 'unreviewed']);
  expect(await replica.writer.undo(uuid())).toBe(null);

  expect(await replica.writer.redo(uuid())).toEqual({ label: 'Tag “hero”' });
  expect(await replica.writer.redo(uuid())).toEqual({ label: 'Approve' });
  expect(await replica.writer.redo(uuid())).toBe(null);
  expect(await library.tags()).toEqual({ [one]: ['hero'], [two]: ['hero'], [three]: [] });
  expect(await library.column('assets', 'review_status')).toEqual(['approved', 'approved', 'unreviewed']);
  expect(replica.writer.undoable).toEqual({ undo: { label: 'Approve' }, redo: null });
  expect(replica.writer.pending).toHaveLength(6);
});

test('undo: reverses the mutations of a step together; repeating a request does nothing; a new mutation ends redo', async () => {
  await library.load();
  const step = uuid();
  await library.tag([one], ['before']);
  await library.mutate('assets.review', { ids: [one], review_status: 'approved' }, { step, label: 'Both' });
  await library.mutate('assets.review', { ids: [one, two], review_status: 'flagged' }, { step, label: 'Both' });
  const request = uuid();
  expect(await replica.writer.undo(request)).toEqual({ label: 'Both' });
  expect(await replica.writer.undo(request)).toEqual({ label: 'Both' });
  expect(await library.column('assets', 'review_status')).toEqual(['unreviewed', 'unreviewed', 'unreviewed']);
  expect((await library.tags())[one]).toEqual(['before']);
  await library.tag([three], ['new']);
  expect(replica.writer.undoable.redo).toBe(null);
  expect(await replica.writer.redo(uuid())).toBe(null);
});

test('undo: works after confirmation, and leaves alone values that others have changed since', async () => {
  await library.load();
  const id = await library.mutate('assets.review', { ids: [one, two], review_status: 'approved' });
  const change = (asset: string, review_status: string, lsn: bigint) =>
    arrived('update', { id: asset, review_status }, lsn);
  await replica.writer.apply([
    library.acknowledgement(id, 15n),
    shapeBatch(assetsShape, [change(one, 'approved', 15n), change(two, 'approved', 15n)], 15n),
  ]);
  expect(replica.writer.pending).toEqual([]);
  await replica.writer.apply([shapeBatch(assetsShape, [change(one, 'rejected', 16n)], 16n)]);
  await replica.writer.undo(uuid());
  expect(await library.column('assets', 'review_status')).toEqual(['rejected', 'unreviewed', 'unreviewed']);
  await replica.writer.redo(uuid());
  expect(await library.column('assets', 'review_status')).toEqual(['rejected', 'approved', 'unreviewed']);
});

test('undo: restores deleted rows, and deletes created ones', async () => {
  await library.load();
  const made = uuid();
  await library.mutate('subjects.create', { ids: [made], set: { name: 'john', project_id: PROJECT } });
  await library.mutate('assets.delete', { ids: [one] });
  const deleted = async (table: string) =>
    (await library.column(table, 'deleted_by')).filter((by) => by === 'local').length;
  expect(await deleted('assets')).toBe(1);
  await replica.writer.undo(uuid());
  await replica.writer.undo(uuid());
  expect([await deleted('assets'), await deleted('subjects')]).toEqual([0, 1]);
  await replica.writer.redo(uuid());
  expect(await deleted('subjects')).toBe(0);
});

test('undo: drops a rejected mutation from its step; a mutation without changes creates no step', async () => {
  await library.load();
  const step = uuid();
  const refused = await library.mutate('assets.tag', { ids: [one], add: ['refused'], remove: [] }, { step });
  await library.mutate('assets.tag', { ids: [one], add: ['kept'], remove: [] }, { step });
  await library.mutate('assets.tag', { ids: [one], add: ['kept'], remove: [] }, { label: 'Nothing' });
  await replica.writer.apply([library.refusal(refused, 15n)]);
  expect(await replica.writer.undo(uuid())).toEqual({ label: null });
  expect((await library.tags())[one]).toEqual([]);
  expect(replica.writer.undoable.undo).toBe(null);
  expect(replica.writer.pending).toHaveLength(3);
});

test('undo: keeps the latest hundred steps', async () => {
  await library.load();
  for (let count = 0; count < 102; count++) {
    const review_status = count % 2 === 0 ? 'approved' : 'rejected';
    await library.mutate('assets.review', { ids: [one], review_status }, { label: String(count) });
  }
  const { rows } = await replica.database.query<{ label: string }>(
    'SELECT label FROM replica.undo_parts ORDER BY position',
  );
  expect([rows.length, rows[0]?.label]).toEqual([100, '2']);
});

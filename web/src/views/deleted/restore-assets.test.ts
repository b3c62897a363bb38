import { expect, test } from 'vitest';
import type { Replica } from '../../replica/replica.ts';
import { act, notice } from '../../ui/notices.ts';
import { restoreAssets } from './restore-assets.ts';

const id = '01900000-0000-7000-9000-000000000001';
const deleted = {
  package_id: id,
  package_name: 'day_01',
  project_name: 'Northlight',
  minute: new Date(),
  deleted_by: null,
  asset_count: 1,
};

/** @param ids what is still deleted. */
function replicaWith(ids: () => string | null, undo: () => void = () => {}) {
  return {
    query: async <Row extends object>() => [{ ids: ids() }] as unknown as Row[],
    mutate: (async () => ({ changedIds: [id] })) as unknown as Replica['mutate'],
    undo: async () => {
      undo();
      return null;
    },
    redo: async () => null,
  };
}

test('restoreAssets: the notice’s undo is there once', async () => {
  let shownWhileUndoing: unknown;
  const replica = replicaWith(
    () => id,
    () => {
      shownWhileUndoing = notice();
    },
  );
  await restoreAssets(replica, deleted);
  const action = notice()?.action;
  expect([notice()?.text, action?.label]).toEqual(['Restored 1 asset', 'Undo']);
  if (action) act(action);
  expect(shownWhileUndoing).toBeNull();
});

test('restoreAssets: what somebody restored meanwhile leaves nothing to undo', async () => {
  await restoreAssets(
    replicaWith(() => null),
    deleted,
  );
  expect(notice()).toEqual({ text: 'They were restored already', kind: 'done' });
});

test('restoreAssets: says why, where it cannot be read what to restore', async () => {
  const replica = replicaWith(() => {
    throw new Error('The disk is full.');
  });
  await restoreAssets(replica, deleted);
  expect(notice()).toEqual({ text: 'Not all of them were restored: The disk is full.', kind: 'failed' });
});

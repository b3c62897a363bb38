import { expect, test } from 'vitest';
import type { Replica } from '../../replica/model/replica.ts';
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

/** @param ids the ids of the assets that are still deleted. */
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

test('restoreAssets: offers undo once', async () => {
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

test('restoreAssets: offers no undo when the assets were restored meanwhile', async () => {
  await restoreAssets(
    replicaWith(() => null),
    deleted,
  );
  expect(notice()).toEqual({ text: 'Already restored', kind: 'done' });
});

test('restoreAssets: reports why the assets could not be read', async () => {
  const replica = replicaWith(() => {
    throw new Error('The disk is full.');
  });
  await restoreAssets(replica, deleted);
  expect(notice()).toEqual({ text: 'Not all assets were restored: The disk is full.', kind: 'failed' });
});

import { expect, test } from 'vitest';
import { editChanges, noEdits } from './edits.ts';

const ada = { id: '01900000-0000-7000-8000-000000000011', name: 'ada' };

test('editChanges: changes nothing that is kept', () => {
  expect(editChanges(noEdits, [ada])).toEqual([]);
});

test('editChanges: makes one mutation for each field', () => {
  const changes = editChanges(
    {
      tags: { add: ['hero'], remove: ['old'] },
      status: 'approved',
      subject: ada.id,
      cameraMode: 'set',
      camera: ' b_cam ',
      type: 'plate',
    },
    [ada],
  );
  const ids = ['1'];
  expect(changes.map((change) => [change.name, change.args(ids)])).toEqual([
    ['assets.tag', { ids, add: ['hero'], remove: ['old'] }],
    ['assets.review', { ids, review_status: 'approved' }],
    ['assets.move', { ids, subject_id: ada.id }],
    ['assets.set_camera', { ids, camera: 'b_cam' }],
    ['assets.retype', { ids, asset_type: 'plate' }],
  ]);
});

test('editChanges: takes subject and camera away', () => {
  const changes = editChanges({ ...noEdits, subject: 'none', cameraMode: 'none', camera: 'ignored' }, [ada]);
  expect(changes.map((change) => change.args(['1']))).toEqual([
    { ids: ['1'], subject_id: null },
    { ids: ['1'], camera: null },
  ]);
});

test('editChanges: drops a subject that was deleted meanwhile', () => {
  expect(editChanges({ ...noEdits, subject: ada.id }, [])).toEqual([]);
});

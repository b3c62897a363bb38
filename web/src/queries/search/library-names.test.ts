import { expect, test } from 'vitest';
import { NameIndex } from './find-names.ts';
import { makeThings, type NameRows, type ThingKind } from './library-names.ts';

const named = (id: string, name: string) => ({ id, name, changed: 1, tags: [] });
const rows: NameRows = {
  projects: [{ ...named('p', 'Harbour'), type: 'atman', client: 'Meridian Pictures', tags: ['night'] }],
  subjects: [
    { ...named('s', 'JANE_DOE'), project_id: 'p' },
    { ...named('lost', 'JANE_LOST'), project_id: 'deleted' },
  ],
  packages: [
    { ...named('k', 'HARBOUR_DAY02'), type: 'atman', project_id: 'p', subject_ids: ['s', 's'], tags: ['urgent'] },
    { ...named('gone', 'GONE_DAY02'), type: 'vfx', project_id: 'deleted', subject_ids: [] },
  ],
  folders: [
    { package_id: 'k', number: 1, path: 'JANE_DOE' },
    { package_id: 'k', number: 2, path: 'JANE_DOE/A_CAM' },
    { package_id: 'gone', number: 1, path: 'JANE_DOE' },
  ],
  filters: [{ ...named('f', 'Hero selects'), address: '/assets?tag=hero' }],
  tags: [{ name: 'hero', count: 12 }],
};
const find = (kind: ThingKind, text: string) =>
  new NameIndex(makeThings[kind](rows)).find(text, ({ changedAt }) => changedAt).map(({ thing }) => thing);

test('makeThings: finds subjects by their packages, and packages by their people and tags', () => {
  expect(find('subjects', 'jane day02')).toMatchObject([{ id: 's', related: [{ how: 'in', name: 'HARBOUR_DAY02' }] }]);
  expect(find('packages', 'day02 jane')).toMatchObject([{ id: 'k', place: ['Harbour'] }]);
  expect(find('packages', 'urgent day')).toMatchObject([{ id: 'k' }]);
  expect(find('projects', 'harbour meridian night')).toMatchObject([{ id: 'p', place: ['Meridian Pictures'] }]);
});

test('makeThings: drops what belongs to a deleted project', () => {
  expect(find('subjects', 'lost')).toEqual([]);
  expect(find('packages', 'gone')).toEqual([]);
  expect(find('folders', 'jane').map(({ id }) => id)).toEqual(['k 1']);
});

test('makeThings: names a folder by its last part, below those that hold it', () => {
  expect(find('folders', 'a cam')).toMatchObject([
    { id: 'k 2', name: 'A_CAM', path: 'JANE_DOE/A_CAM', place: ['Harbour', 'HARBOUR_DAY02', 'JANE_DOE'] },
  ]);
  expect(find('folders', 'jane cam')).toMatchObject([{ name: 'A_CAM' }]);
});

import { expect, test } from 'vitest';
import { groupingOf, sectionName } from './group-choice.ts';

const packageId = '01900000-0000-7000-8000-000000000021';
const jane = { id: '01900000-0000-7000-8000-000000000011', name: 'jane_doe' };
const names = { subjects: [jane], packages: [] };

test('groupingOf: reads the subjects only where the choice needs them', () => {
  const read = () => [jane];
  expect(groupingOf('subject', read)).toEqual({ by: 'subject_id', order: [jane.id] });
  const unread = () => {
    throw new Error('They were read.');
  };
  expect(groupingOf('type', unread)).toMatchObject({ by: 'asset_type' });
  expect(groupingOf('day', unread)).toEqual({ by: 'day' });
  expect(groupingOf('none', unread)).toBeNull();
});

test('sectionName: names what is known, and says what is not', () => {
  expect(sectionName('asset_type', 'aligned', names)).toBe('Aligned');
  expect(sectionName('folder', `${packageId}/aligned/take_001`, names)).toBe('aligned/take_001');
  expect(sectionName('folder', `${packageId}/`, names)).toBe('Top folder');
  expect(sectionName('subject_id', jane.id, names)).toBe('jane_doe');
  expect(sectionName('subject_id', null, names)).toBe('No subject');
  expect(sectionName('camera', null, names)).toBe('No camera');
  expect(sectionName('day', '2026-02-09', names)).toBe('9 Feb 2026');
});

test('sectionName: folders of several packages begin with their package', () => {
  const packages = [{ id: packageId, name: 'delivery_03' }];
  expect(sectionName('folder', `${packageId}/plates`, { ...names, packages })).toBe('delivery_03 / plates');
  expect(sectionName('folder', `${packageId}/`, { ...names, packages })).toBe('delivery_03');
});

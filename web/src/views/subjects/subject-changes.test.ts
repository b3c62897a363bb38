import { expect, test } from 'vitest';
import { deleteSubjects, deleteSubjectsTitle } from './subject-changes.ts';

test('deleteSubjectsTitle: says that the assets stay', () => {
  expect(deleteSubjectsTitle(1, 1204)).toBe(
    'Delete 1 subject (restorable for 30 days). Its 1,204 assets stay, without a subject.',
  );
  expect(deleteSubjectsTitle(3, null)).toBe(
    'Delete 3 subjects (restorable for 30 days). Their assets stay, without a subject.',
  );
  expect(deleteSubjectsTitle(2, 0)).toBe('Delete 2 subjects (restorable for 30 days).');
});

test('deleteSubjects: makes one change of all', () => {
  const { calls, label, done } = deleteSubjects(['a', 'b']);
  expect(calls).toEqual([{ name: 'subjects.delete', args: { ids: ['a', 'b'] } }]);
  expect([label, done(1)]).toEqual(['Delete 2 subjects', 'Deleted 1 subject']);
});

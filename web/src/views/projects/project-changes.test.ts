import { expect, test } from 'vitest';
import { deleteProjects, deleteProjectsTitle } from './project-changes.ts';

test('deleteProjects: says what goes along, before and after', () => {
  const held = { packages: 4, assets: 2011 };
  expect(deleteProjectsTitle(2, held)).toBe(
    'Delete 2 projects with 4 packages and 2,011 assets (restorable for 30 days)',
  );
  expect(deleteProjects(['1'], held).done(1)).toBe('Deleted 1 project with 4 packages and 2,011 assets');
});

test('deleteProjects: gives no number that is not known', () => {
  expect(deleteProjectsTitle(1, { packages: 1, assets: null })).toContain('with 1 package and their assets');
  expect(deleteProjectsTitle(1, { packages: 0, assets: 0 })).toBe('Delete 1 project (restorable for 30 days)');
});

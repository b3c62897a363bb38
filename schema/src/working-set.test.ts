import { expect, test } from 'vitest';
import { chooseWorkingSet, type WorkingSetCandidate } from './working-set.ts';

/** @param day of January; null: not known. */
function project(id: string, assetCount: number | null, day: number | null, more: Partial<WorkingSetCandidate> = {}) {
  return {
    id,
    assetCount,
    recentAt: day === null ? null : new Date(Date.UTC(2026, 0, day)),
    choice: null,
    here: false,
    deleted: false,
    ...more,
  };
}

function chosen(candidates: readonly WorkingSetCandidate[]): string[] {
  return [...chooseWorkingSet(candidates, 100)].toSorted();
}

test('chooseWorkingSet: all projects while there is room, one that is not counted yet among them', () => {
  expect(chosen([project('a', 60, 1), project('b', 40, null), project('new', null, 3)])).toEqual(['a', 'b', 'new']);
});

test('chooseWorkingSet: the recent ones fill the room, and a smaller one may fit where a larger one did not', () => {
  const candidates = [project('old', 30, 1), project('older and small', 10, 0), project('new', 80, 5)];
  expect(chosen(candidates)).toEqual(['new', 'older and small']);
});

test('chooseWorkingSet: what is pinned stays beyond the room and takes it from others, what is unfollowed goes', () => {
  const candidates = [
    project('pinned', 90, 1, { choice: 'pinned' }),
    project('pinned too', 90, 1, { choice: 'pinned' }),
    project('recent', 1, 9),
    project('unfollowed', 0, 9, { choice: 'unfollowed', here: true }),
  ];
  expect(chosen(candidates)).toEqual(['pinned', 'pinned too']);
});

test('chooseWorkingSet: a deleted project has what room the others leave, however recent it is', () => {
  const deleted = project('deleted', 40, 9, { deleted: true, here: true });
  expect(chosen([deleted, project('old', 80, 1)])).toEqual(['old']);
  expect(chosen([deleted, project('old', 50, 1)])).toEqual(['deleted', 'old']);
  expect(chosen([project('huge', 900, 9, { deleted: true })])).toEqual([]);
});

test('chooseWorkingSet: a project that alone is larger than the room is kept when it is the most recent', () => {
  expect(chosen([project('huge', 900, 9), project('small', 50, 1)])).toEqual(['huge']);
});

test('chooseWorkingSet: what is here stays until something is a week more recent', () => {
  const here = project('here', 80, 10, { here: true });
  expect(chosen([here, project('other', 80, 16)])).toEqual(['here']);
  expect(chosen([here, project('other', 80, 18)])).toEqual(['other']);
});

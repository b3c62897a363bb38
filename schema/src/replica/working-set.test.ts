import { expect, test } from 'vitest';
import { chooseWorkingSet, type WorkingSetCandidate } from './working-set.ts';

/** @param day of January; null when unknown. */
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

test('chooseWorkingSet: keeps all projects while there is room, including one not counted yet', () => {
  expect(chosen([project('a', 60, 1), project('b', 40, null), project('new', null, 3)])).toEqual(['a', 'b', 'new']);
});

test('chooseWorkingSet: fills the room with recent projects, and with a smaller one where a larger did not fit', () => {
  const candidates = [project('old', 30, 1), project('older and small', 10, 0), project('new', 80, 5)];
  expect(chosen(candidates)).toEqual(['new', 'older and small']);
});

test('chooseWorkingSet: keeps pinned projects beyond the room, at the expense of others, and drops unfollowed ones', () => {
  const candidates = [
    project('pinned', 90, 1, { choice: 'pinned' }),
    project('pinned too', 90, 1, { choice: 'pinned' }),
    project('recent', 1, 9),
    project('unfollowed', 0, 9, { choice: 'unfollowed', here: true }),
  ];
  expect(chosen(candidates)).toEqual(['pinned', 'pinned too']);
});

test('chooseWorkingSet: gives a deleted project only the room that others leave, however recent it is', () => {
  const deleted = project('deleted', 40, 9, { deleted: true, here: true });
  expect(chosen([deleted, project('old', 80, 1)])).toEqual(['old']);
  expect(chosen([deleted, project('old', 50, 1)])).toEqual(['deleted', 'old']);
  expect(chosen([project('huge', 900, 9, { deleted: true })])).toEqual([]);
});

test('chooseWorkingSet: keeps the most recent project even if it exceeds the room', () => {
  expect(chosen([project('huge', 900, 9), project('small', 50, 1)])).toEqual(['huge']);
});

test('chooseWorkingSet: keeps a project on the device until another is a week more recent', () => {
  const here = project('here', 80, 10, { here: true });
  expect(chosen([here, project('other', 80, 16)])).toEqual(['here']);
  expect(chosen([here, project('other', 80, 18)])).toEqual(['other']);
});

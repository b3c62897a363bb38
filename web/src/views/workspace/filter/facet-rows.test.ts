import { expect, test } from 'vitest';
import { facetKinds, facetRows, isUseful } from './facet-rows.ts';

const none = { groups: [], excluded: [] };
const names = {
  subjects: [
    { id: 'a1', name: 'Ada' },
    { id: 'a2', name: 'ada' },
    { id: 'b1', name: 'Bob' },
  ],
  packages: [],
};

test('facetRows: keeps values without a match, and marks what the query chooses and leaves out', () => {
  const counts = new Map([
    ['aligned', 12],
    ['grid', 0],
  ]);
  const rows = facetRows(facetKinds.asset, counts, { groups: [['aligned']], excluded: ['plate'] }, names);
  expect(rows.map(({ name, count, state }) => [name, count, state])).toEqual([
    ['Aligned', 12, 'on'],
    ['Plate', 0, 'excluded'],
    ['Grid', 0, 'off'],
  ]);
});

test('facetRows: lists statuses before they are counted, without a number', () => {
  const rows = facetRows(facetKinds.status, null, none, names);
  expect(rows.map(({ name, count }) => [name, count])).toEqual([
    ['Unreviewed', null],
    ['Approved', null],
    ['Rejected', null],
    ['Flagged', null],
  ]);
  expect(isUseful(facetKinds.status, rows)).toBe(true);
});

test('facetRows: puts the most frequent first, writes ambiguous names by id, and omits deleted subjects', () => {
  const counts = new Map([
    ['a1', 2],
    ['a2', 3],
    ['b1', 9],
    ['gone', 4],
    [null, 1],
  ]);
  const rows = facetRows(facetKinds.subject, counts, none, names);
  expect(rows.map(({ name, written }) => [name, written])).toEqual([
    ['Bob', 'Bob'],
    ['ada', 'a2'],
    ['Ada', 'a1'],
    ['Unknown subject', 'none'],
  ]);
});

test('isUseful: hides a facet with a single value that does not narrow anything', () => {
  const rows = facetRows(facetKinds.camera, new Map([['cam_a', 5]]), none, names);
  expect(isUseful(facetKinds.camera, rows)).toBe(false);
  expect(
    isUseful(facetKinds.camera, facetRows(facetKinds.camera, null, { groups: [['cam_a']], excluded: [] }, names)),
  ).toBe(true);
});

import { expect, test } from 'vitest';
import { emptyAssetFilter } from '../asset-filter.ts';
import { queryCondition } from '../query/query-condition.ts';
import { filterQuery, formatFilter, isLegacy, parseFilter } from './filter-url.ts';

const SUBJECT = '01900000-0000-7000-8000-000000000011';

function read(address: string) {
  const search = new URLSearchParams(address);
  return Object.fromEntries([...search.keys()].map((name) => [name, search.getAll(name)]));
}

test('parseFilter: reverses filterQuery, whatever the text', () => {
  for (const text of ['', 'tag:"a, b" or (size>1gb -plate)', '100%_\\ c&d=é  ', 'tag:x ']) {
    const filter = { text, sort: 'size', descending: true } as const;
    expect(parseFilter(read(filterQuery(filter)))).toEqual(filter);
  }
  expect(filterQuery(emptyAssetFilter)).toBe('');
  expect(Object.values(formatFilter(emptyAssetFilter)).every((value) => value === null)).toBe(true);
});

test('parseFilter: ignores unknown values', () => {
  expect(parseFilter({ sort: 'colour', order: 'up', file_type: 'hologram', tag: '', size: 'big..' })).toEqual(
    emptyAssetFilter,
  );
});

test.each([
  ['file_type=video&file_type=image&asset_type=aligned', 'type:video,image asset:aligned'],
  ['review=approved&picked_up=no', 'status:approved picked:no'],
  [`subject=&subject=${SUBJECT}`, 'subject:none,jane_doe'],
  ['camera=cam a&camera=', 'camera:"cam a",none'],
  ['tag=a, b&tag=c%26d', 'tag:"a, b" tag:c&d'],
  ['size=1000000..&duration=0.5..12.25', 'size:1000000.. dur:0.5..12.25'],
  ['yaw=-90..-80&pitch=0..10', 'pose:-90..-80,0..10'],
  ['yaw=-90..-80', ''],
  ['problem=yes&sidecars=yes', 'problem: sidecar:any'],
  ['review=flagged&text=a or b', 'status:flagged (a or b)'],
  ['text=_7.png', '_7.png'],
])('parseFilter: reads %j of an earlier version as %j', (address, text) => {
  const names = { subjects: [{ id: SUBJECT, name: 'jane_doe' }], packages: [] };
  expect(isLegacy(read(address))).toBe(true);
  expect(parseFilter(read(address), names).text).toBe(text);
  expect(queryCondition(text, names).problems).toEqual([]);
});

test('parseFilter: writes a subject by its id while its name is not known', () => {
  const { text } = parseFilter({ subject: SUBJECT });
  expect(text).toBe(`subject:${SUBJECT}`);
  expect(queryCondition(text, { subjects: [], packages: [] })).toMatchObject({
    where: { subject: { column: 'subject_id', values: [SUBJECT] } },
    problems: [],
  });
});

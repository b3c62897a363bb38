import { expect, test } from 'vitest';
import { correctionClause, correctionProblem, saidOn } from './corrections.ts';
import { nameKey, namesIn } from './names-in-path.ts';
import { type Place, whereElse, whereElseText } from './where-else.ts';

const place = (path: string, files = 1, more: Partial<Place> = {}): Place => ({
  path,
  files,
  subject: 'shared',
  camera: null,
  asset_type: 'raw',
  ...more,
});
const deliveries = [
  {
    name: 'HARBOUR_DAY02',
    places: [
      place('DAY02/JD/', 8),
      place('DAY02/jd_b.mov', 1, { subject: 'Jane Doe' }),
      place('DAY02/JDOE.mov'),
      place('x.wav', 1, { asset_type: 'audio' }),
    ],
  },
  { name: 'night_jd', places: [place('', 3)] },
  { name: 'other', places: [place('DAY03/bob/', 2, { subject: 'bob' })] },
];

test('whereElse counts the files of places with the name as a whole word, and those that would change', () => {
  const found = whereElse({ kind: 'person', name: 'JD', value: 'Jane Doe' }, deliveries);
  expect(found).toEqual({
    files: 12,
    changed: 11,
    deliveries: 2,
    examples: ['HARBOUR_DAY02/DAY02/JD/', 'night_jd', 'HARBOUR_DAY02/DAY02/jd_b.mov'],
  });
  expect(whereElseText(found)).toBe(
    'It applies to 12 files of 2 deliveries that wait for a decision; 11 of them would change.',
  );
});

test.each([
  [{ kind: 'generic', name: 'Bob', value: null }, 2, 2],
  [{ kind: 'camera', name: 'jd', value: 'cam_b' }, 12, 12],
  [{ kind: 'role', name: 'jd', value: 'raw' }, 12, 0],
  [{ kind: 'people_depth', name: '2', value: null }, 10, 8],
  [{ kind: 'people_depth', name: '3', value: null }, 0, 0],
  [{ kind: 'folder_subject', name: 'day#/jd', value: 'Jane' }, 8, 8],
  [{ kind: 'folder_subject', name: 'day#', value: 'Jane' }, 12, 12],
  [{ kind: 'folder_role', name: 'day#', value: 'proxy' }, 2, 2],
  [{ kind: 'folder_role', name: './harbour_day#', value: 'proxy' }, 1, 1],
] as const)('whereElse of %o finds %i files and %i changes', (correction, files, changed) => {
  expect(whereElse(correction, deliveries)).toMatchObject({ files, changed });
});

test('whereElseText says when no file waits', () => {
  expect(whereElseText(whereElse({ kind: 'generic', name: 'nowhere', value: null }, deliveries))).toBe(
    'It applies to no file that waits for a decision now.',
  );
});

test.each([
  ['JANE_DOE_take1', 'Jane Doe', 'JANE_DOE'],
  ['day1-JaneDoe', 'JANE DOE', 'JaneDoe'],
  ['x_José2', 'jose', 'José'],
  ['JANEDOES', 'Jane Doe', null],
  ['カメラ田中', '田中', '田中'],
  ['unit01_b', 'UNIT 01', 'unit01'],
])('namesIn(%s) finds %s as %s', (text, name, expected) => {
  const [found] = namesIn(text, new Map([[nameKey(name), true]]));
  expect(found === undefined ? null : text.slice(found.start, found.end)).toBe(expected);
});

test.each([
  ['person', 'JD', 'Jane', null],
  ['person', '--', 'Jane', 'name'],
  ['person', 'JD', null, 'value'],
  ['generic', 'JD', 'Jane', 'value'],
  ['camera', 'KARL', 'B', 'value'],
  ['camera', 'KARL', 'cam_left', null],
  ['role', 'SEL', 'best', 'value'],
  ['role', 'SEL', 'graded', null],
  ['people_depth', '2', null, null],
  ['people_depth', '0', null, 'name'],
  ['people_depth', 'two', null, 'name'],
] as const)('correctionProblem of %s %s %s is in %s', (kind, name, value, field) => {
  expect(correctionProblem({ kind, name, value })?.field ?? null).toBe(field);
});

test('saidOn and correctionClause make a sentence', () => {
  const clause = correctionClause({ kind: 'people_depth', name: '2', value: null });
  expect(`${saidOn('local', new Date('2026-03-12T23:00:00Z'))} ${clause}.`).toBe(
    'you said on 12 March 2026 that folders at depth 2 are named after people.',
  );
});

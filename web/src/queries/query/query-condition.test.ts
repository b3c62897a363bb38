import { expect, test } from 'vitest';
import type { Condition } from '../../replica/model/mirror-questions.ts';
import { parseQuery } from './parse-query.ts';
import { queryCondition } from './query-condition.ts';
import { queryKeys } from './query-keys.ts';

const names = {
  subjects: [
    { id: 'a1', name: 'Ada' },
    { id: 'j1', name: 'JANE_DOE' },
  ],
  packages: [{ id: 'p1', name: 'delivery_03' }],
};
/** Reads a query. Lists leave sidecars out unless it speaks of them, which is tested by itself. */
function read(text: string) {
  const { where, problems } = queryCondition(text, names);
  const { sidecar: _sidecar, ...rest } = where;
  return { where: rest, problems };
}
/** Returns the condition of all parts together. */
function conditionOf(where: Readonly<Record<string, Condition>>): Condition | null {
  const parts = Object.values(where).flatMap((part) => (part.kind === 'all' ? part.of : [part]));
  return parts.length < 2 ? (parts[0] ?? null) : all(...parts);
}
const day = (year: number, month: number, date = 1) => new Date(year, month - 1, date).getTime();
const tag = (name: string): Condition => ({ kind: 'tag', tag: name });
const text = (word: string): Condition => ({ kind: 'text', text: word });
const not = (of: Condition): Condition => ({ kind: 'not', of });
const all = (...of: Condition[]): Condition => ({ kind: 'all', of });
const any = (...of: Condition[]): Condition => ({ kind: 'any', of });
const range = (
  column: 'yaw' | 'pitch' | 'size_bytes' | 'duration_seconds' | 'sharpness',
  from: number | null,
  to: number | null,
) => ({ kind: 'range', column, from, to }) satisfies Condition;
const below = (column: 'yaw' | 'pitch' | 'modified_at', from: number | null, to: number | null): Condition => ({
  kind: 'range',
  column,
  from,
  to,
  below: true,
});
const above = (column: 'sharpness' | 'size_bytes' | 'duration_seconds', value: number): Condition =>
  all({ kind: 'known', column }, not(range(column, null, value)));

test.each<[query: string, condition: Condition | null]>([
  ['', null],
  ['   ', null],
  ['plate', text('plate')],
  ['jane doe', all(text('jane'), text('doe'))],
  ['"jane doe"', text('jane doe')],
  ['pl*te', { kind: 'name', pattern: '*pl*te*' }],
  ['-plate', not(text('plate'))],
  ['tag:hero', tag('hero')],
  ['TAG:hero', tag('hero')],
  ['tag:"wide shot"', tag('wide shot')],
  ['tag:hero,smile', any(tag('hero'), tag('smile'))],
  ['-status:rejected', not({ kind: 'value', column: 'review_status', values: ['rejected'] })],
  ['type:video,audio', { kind: 'value', column: 'file_type', values: ['video', 'audio'] }],
  ['asset:aligned', { kind: 'value', column: 'asset_type', values: ['aligned'] }],
  ['role:aligned', { kind: 'value', column: 'asset_type', values: ['aligned'] }],
  ['subject:"jane doe"', { kind: 'value', column: 'subject_id', values: ['j1'] }],
  ['subject:ada,none', { kind: 'value', column: 'subject_id', values: ['a1', null] }],
  ['package:"Delivery 03"', { kind: 'value', column: 'package_id', values: ['p1'] }],
  ['tag:"a, b",c', any(tag('a, b'), tag('c'))],
  ['tag:"say \\"ah\\""', tag('say "ah"')],
  ['camera:a_cam', { kind: 'value', column: 'camera', values: ['a_cam'] }],
  ['name:"plate *"', { kind: 'name', pattern: 'plate *' }],
  ['ext:exr,.dpx', any({ kind: 'name', pattern: '*.exr' }, { kind: 'name', pattern: '*.dpx' })],
  ['size>1gb', above('size_bytes', 1e9)],
  ['size:10mb..50M', range('size_bytes', 10e6, 50e6)],
  ['dur>=10', range('duration_seconds', 10, null)],
  ['dur:1:30..2m', range('duration_seconds', 90, 120)],
  ['yaw:-30..30', range('yaw', -30, 30)],
  ['yaw:−30..', range('yaw', -30, null)],
  ['pitch<-10', below('pitch', null, -10)],
  ['sharpness>200', above('sharpness', 200)],
  ['date:2026-11-30', below('modified_at', day(2026, 11, 30), day(2026, 12))],
  ['date:2026-02..2026-03', below('modified_at', day(2026, 2), day(2026, 4))],
  ['date>2026', below('modified_at', day(2027, 1), null)],
  ['missing:', { kind: 'flag', flag: 'missing' }],
  ['gap:no', not({ kind: 'flag', flag: 'gaps' })],
  ['tag:a tag:b', all(tag('a'), tag('b'))],
  ['tag:a or tag:b tag:c', any(tag('a'), all(tag('b'), tag('c')))],
  ['(tag:a or tag:b) tag:c', all(any(tag('a'), tag('b')), tag('c'))],
  ['-(tag:a OR plate)', not(any(tag('a'), text('plate')))],
  ['10:14:21', text('10:14:21')],
  ['plate(1)', all(text('plate'), text('1'))],
])('queryCondition: reads %j', (query, condition) => {
  const { where, problems } = read(query);
  expect(problems).toEqual([]);
  expect(conditionOf(where)).toEqual(condition);
});

test('queryCondition: keeps the terms of each key apart where they narrow everything else', () => {
  const { where } = read('tag:a plate -status:rejected tag:b role:aligned (size>1gb or hero)');
  const status = not({ kind: 'value', column: 'review_status', values: ['rejected'] });
  expect(where).toEqual({
    tag: all(tag('a'), tag('b')),
    status,
    asset: { kind: 'value', column: 'asset_type', values: ['aligned'] },
    rest: all(text('plate'), any(above('size_bytes', 1e9), text('hero'))),
  });
  expect(Object.keys(read('tag:a or status:approved').where)).toEqual(['rest']);
});

test('queryCondition: leaves sidecars out unless the query speaks of them', () => {
  const sidecar: Condition = { kind: 'flag', flag: 'sidecar' };
  const sidecarsOf = (query: string) => queryCondition(query, names).where['sidecar'];
  expect(sidecarsOf('')).toEqual(not(sidecar));
  expect(sidecarsOf('tag:a')).toEqual(not(sidecar));
  expect(sidecarsOf('sidecar:')).toEqual(sidecar);
  expect(sidecarsOf('sidecar:any')).toEqual(all());
  expect(queryCondition('tag:a or sidecar:', names).where).toEqual({ rest: any(tag('a'), sidecar) });
});

test('queryCondition: keeps regions of poses apart where they narrow everything else', () => {
  const box = all(below('yaw', -40, 0), below('pitch', -10, 20));
  const other = all(below('yaw', 0, 10), below('pitch', 0, 10));
  expect(read('pose:-40..0,-10..20 hero').where).toEqual({ rest: text('hero'), pose: box });
  expect(read('(pose:-40..0,-10..20 or pose:0..10,0..10) hero').where['pose']).toEqual(any(box, other));
  expect(read('pose:-40..0,-10..20 or hero').where).toEqual({ rest: any(box, text('hero')) });
  expect(read('-pose:-40..0,-10..20').where).toEqual({ pose: not(box) });
});

test.each<[query: string, marked: string, message: string, rest: Condition | null]>([
  ['hero colour:red', 'colour:red', 'There is no “colour:”', text('hero')],
  ['status:great', 'status:great', 'Choose from unreviewed, approved', null],
  ['tag: hero', 'tag:', 'Write a value', text('hero')],
  ['tag>hero', 'tag>hero', 'Write a colon', null],
  ['subject:bob', 'subject:bob', 'No subject here is called “bob”', null],
  ['yaw:30..-30 x', 'yaw:30..-30', 'turned round: write -30..30', text('x')],
  ['yaw:wide', 'yaw:wide', '“wide” is not a yaw', null],
  ['size>big', 'size>big', 'size>1gb', null],
  ['dur:..', 'dur:..', 'two dots', null],
  ['date:2026-13', 'date:2026-13', 'no date', null],
  ['date:2026-02-30', 'date:2026-02-30', 'no date', null],
  ['pose:1..2', 'pose:1..2', 'pose:-40..0,-10..20', null],
  ['gap:maybe', 'gap:maybe', 'yes or no', null],
  ['(tag:a', '(', 'never closed', tag('a')],
  ['tag:a)', ')', 'closes nothing', tag('a')],
  ['or tag:a', 'or', 'before “or”', tag('a')],
  ['tag:a or', 'or', 'after “or”', tag('a')],
  ['"plate', '"plate', 'never closed', text('plate')],
  ['x -', '-', 'Nothing stands after', text('x')],
])('queryCondition: names what is wrong in %j, and keeps the rest', (query, marked, message, rest) => {
  const { where, problems } = read(query);
  expect(conditionOf(where)).toEqual(rest);
  expect(problems.map(({ from, to }) => query.slice(from, to))).toEqual([marked]);
  expect(problems[0]?.message).toContain(message);
});

test('queryCondition: reads the examples of every key, and any text to its end', () => {
  for (const { examples } of Object.values(queryKeys))
    for (const example of examples) expect(read(example), example).toMatchObject({ problems: [] });
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const parts = ['(', ')', '-', '"', ' ', 'or', 'tag:', 'yaw', '>', '<=', ':', 'x', '..', ',', '*', '1', 'é', '—'];
  for (let round = 0; round < 5000; round++) {
    const query = Array.from({ length: random(14) }, () => parts[random(parts.length)]).join('');
    const { terms, problems } = parseQuery(query);
    // Nothing is dropped without a word: each character that is not a space belongs to a term, a joint or a problem.
    const covered = [...terms, ...problems].reduce((rest, { from, to }) => {
      return rest.slice(0, from) + ' '.repeat(to - from) + rest.slice(to);
    }, query);
    expect(covered.replaceAll(/\bor\b|[\s()-]/gi, ''), query).toBe('');
    read(query);
  }
  expect(read('('.repeat(5000)).problems.length).toBeGreaterThan(0);
});

import { expect, test } from 'vitest';
import { joinParts, outerTerms, plainWords } from './edit-query.ts';
import { readFlag, withFlag } from './flag-choice.ts';
import { quoted } from './parse-query.ts';
import { readRange, withRange } from './range-choice.ts';
import { type ChoiceGesture, readChoice, withChoice } from './value-choice.ts';

const names = { subjects: [{ id: 'a1', name: 'Ada' }], packages: [] };
const choose = (text: string, key: string, gesture: ChoiceGesture, value: string | null) =>
  withChoice(text, key, names, {
    value,
    gesture,
    write: (one) => (one === null ? 'none' : one === 'a1' ? 'Ada' : one),
  });

test.each<[text: string, gesture: ChoiceGesture, value: string, written: string]>([
  ['', 'only', 'approved', 'status:approved'],
  ['plate', 'only', 'approved', 'plate status:approved'],
  ['status:approved', 'only', 'approved', ''],
  ['status:approved,flagged x', 'only', 'approved', 'status:approved x'],
  ['a status:approved b', 'only', 'flagged', 'a status:flagged b'],
  ['status:approved', 'add', 'flagged', 'status:approved,flagged'],
  ['status:approved,flagged', 'add', 'approved', 'status:flagged'],
  ['-status:rejected', 'add', 'rejected', 'status:rejected'],
  ['', 'exclude', 'rejected', '-status:rejected'],
  ['-status:rejected x', 'exclude', 'rejected', 'x'],
  ['status:approved,rejected', 'exclude', 'rejected', 'status:approved -status:rejected'],
  ['a or b', 'only', 'approved', '(a or b) status:approved'],
  ['status:approved or b', 'only', 'flagged', '(status:approved or b) status:flagged'],
  ['status:great x', 'only', 'approved', 'status:great x status:approved'],
  ['"plate', 'only', 'approved', 'status:approved "plate'],
  ['or b', 'only', 'approved', 'status:approved (or b)'],
])('withChoice: changes %j by “%s” on %j', (text, gesture, value, written) => {
  expect(choose(text, 'status', gesture, value)).toBe(written);
});

test('withChoice: writes names, unknown values and spaces so that they are read again', () => {
  expect(choose('x', 'subject', 'only', 'a1')).toBe('x subject:Ada');
  expect(choose('subject:ada', 'subject', 'add', null)).toBe('subject:Ada,none');
  expect(choose('tag:a tag:b', 'tag', 'add', 'wide shot')).toBe('tag:a tag:b,"wide shot"');
  expect(choose('role:aligned', 'asset', 'add', 'plate')).toBe('asset:aligned,plate');
  for (const value of ['a, b', 'say "ah"', '-x', '(1)', 'or']) {
    const text = choose('', 'tag', 'only', value);
    expect(readChoice(text, 'tag', names), text).toEqual({ groups: [[value]], excluded: [] });
    expect(outerTerms(`tag:${quoted(value)}`, 'tag')).toHaveLength(1);
  }
});

test('withFlag: asks for a flag, for those without it, and for both', () => {
  expect(withFlag('x', 'picked', 'yes')).toBe('x picked:');
  expect(withFlag('x picked: y', 'picked', 'no')).toBe('x picked:no y');
  expect(withFlag('x picked: y', 'picked', null)).toBe('x y');
  expect(
    ['x', 'picked:', 'picked:yes', 'picked:no', '-picked:', 'picked: or x'].map((text) => readFlag(text, 'picked')),
  ).toEqual([null, 'yes', 'yes', 'no', 'no', null]);
  expect(readFlag('sidecar:any', 'sidecar')).toBe('any');
});

test.each([
  ['yaw:-30..30', 'yaw', -30, 30],
  ['yaw>-30 yaw<=40 yaw:..20', 'yaw', -30, 20],
  ['size>=1mb', 'size', 1e6, null],
  ['sharpness>120', 'sharp', 120, null],
] as const)('readRange: reads %j', (text, key, from, to) => {
  expect(readRange(text, key)).toEqual({ from, to });
});

test('withRange: replaces ranges in their place, and leaves alone what is no range', () => {
  expect(withRange('a yaw>-30 b yaw<30', 'yaw', { from: '-10', to: '20' })).toBe('a yaw:-10..20 b');
  expect(withRange('x', 'size', { from: '1mb', to: null })).toBe('x size>=1mb');
  expect(withRange('x', 'size', { from: null, to: '1mb' })).toBe('x size<=1mb');
  expect(withRange('size>1gb x', 'size', { from: null, to: null })).toBe('x');
  expect(withRange('-yaw:-5..5 yaw:wide', 'yaw', { from: '0', to: null })).toBe('-yaw:-5..5 yaw:wide yaw>=0');
  expect(readRange('-yaw:-5..5 yaw:wide or yaw:1..2', 'yaw')).toBeNull();
});

test('joinParts, plainWords: keep alternatives together, and words apart from terms', () => {
  expect(joinParts('a or b', 'c or d')).toBe('(a or b) (c or d)');
  expect(joinParts('', ' a or b ')).toBe('a or b');
  expect(plainWords('plate "wide shot"')).toEqual({ words: 'plate wide shot', hasTerms: false });
  expect(plainWords('plate tag:x -y')).toEqual({ words: 'plate', hasTerms: true });
  expect(plainWords('a or b')).toEqual({ words: 'a b', hasTerms: true });
});

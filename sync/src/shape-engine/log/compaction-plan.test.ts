import { expect, test } from 'vitest';
import { BECOMES_LAST, CompactionPlan, FATE } from './compaction-plan.ts';
import { mergeUpdates } from './merge-updates.ts';

/** @param messages such as `a+` insert, `a=` update, `a-` delete of the key a; `.` after the last message of a transaction. */
function fates(messages: string): number[] | null {
  const plan = new CompactionPlan();
  const operations: Record<string, string> = { '+': 'insert', '=': 'update', '-': 'delete' };
  for (const [, key = '', sign = '', end] of messages.matchAll(/(\w)([-+=])(\.?)/g)) {
    plan.add({ key, headers: { operation: operations[sign] ?? '' } }, end === '.');
  }
  const result = plan.finish();
  return result && [...result];
}

const { keep, merge, target, drop } = FATE;

test('CompactionPlan merges updates into the last of them, up to the next insert or delete of the key', () => {
  expect(fates('a=. b=. a=. a=.')).toEqual([merge, keep, merge, target]);
  expect(fates('a+. a=. a=. a-. a+. a=.')).toEqual([keep, merge, drop, keep, keep, keep]);
  expect(fates('a=. b+. c-. a-. a+. a=.')).toEqual([drop, keep, keep, keep, keep, keep]);
  expect(fates('a+. a=. b=. c-.')).toBeNull();
});

test('CompactionPlan marks the last remaining message of a transaction', () => {
  expect(fates('b+ c= a=. a=. c=.')).toEqual([keep + BECOMES_LAST, merge, merge, target, target]);
  expect(fates('a= b=. a=. b=.')).toEqual([merge, merge, target, target]);
  expect(fates('a=. a= b=. b=.')).toEqual([merge, target + BECOMES_LAST, merge, target]);
});

test('mergeUpdates keeps the newest values, the oldest old values, and the later headers', () => {
  const earlier = { key: 'k', value: { id: '1', a: 'a2', b: 'b2' }, old_value: { a: 'a1', b: 'b1' }, headers: {} };
  const later = {
    key: 'k',
    value: { id: '1', b: 'b3', c: 'c3' },
    old_value: { b: 'b2', c: 'c1' },
    headers: { last: true } as const,
  };
  expect(mergeUpdates(earlier, later)).toEqual({
    key: 'k',
    value: { id: '1', a: 'a2', b: 'b3', c: 'c3' },
    old_value: { a: 'a1', b: 'b1', c: 'c1' },
    headers: { last: true },
  });
});

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { boundedList, unnamedFaults } from './bounded-list.ts';

const list = boundedList(z.uuid(), { min: 1, max: 100_000 });
const good = '019ac0de-0000-7000-8000-000000000000';

describe('boundedList', () => {
  test('returns the parsed elements', () => {
    expect(boundedList(z.coerce.number(), { max: 2 }).parse(['1', 2])).toEqual([1, 2]);
    expect(list.parse([good])).toEqual([good]);
  });

  test('names three faults and counts the rest', () => {
    const { error } = list.safeParse([good, ...Array.from({ length: 99_999 }, () => 'no id')]);
    expect(error?.issues.map(({ path, message }) => [path, message])).toEqual([
      [[1], 'Invalid UUID'],
      [[2], 'Invalid UUID'],
      [[3], 'Invalid UUID'],
      [[], 'and 99996 more'],
    ]);
    expect(error?.issues.map(unnamedFaults)).toEqual([0, 0, 0, 99_996]);
  });

  test('rejects a list that is too long without parsing its elements', () => {
    let looks = 0;
    const counted = boundedList(
      z.string().refine(() => ++looks),
      { min: 1, max: 3 },
    );
    const { error } = counted.safeParse(['a', 'b', 'c', 'd']);
    expect([error?.issues.length, looks]).toEqual([1, 0]);
    expect(counted.safeParse([]).error?.issues).toHaveLength(1);
  });
});

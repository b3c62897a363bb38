import { v4, v7 } from 'uuid';
import { expect, test } from 'vitest';
import { firstUuidOf, uuidTime } from './uuid-time.ts';

test('uuidTime: returns the time of a version 7 UUID and null for other versions', () => {
  const time = new Date('2026-02-03T04:05:06.789Z');
  const id = v7({ msecs: time.getTime() });
  expect([uuidTime(id), uuidTime(id.toUpperCase())]).toEqual([time, time]);
  expect(uuidTime(v4())).toBeNull();
});

test('firstUuidOf: sorts before all ids of its time and after all earlier ids', () => {
  const time = new Date('2026-02-03T04:05:06.789Z');
  const first = firstUuidOf(time);
  expect(first <= v7({ msecs: time.getTime() })).toBe(true);
  expect(first > v7({ msecs: time.getTime() - 1 })).toBe(true);
});

import { expect, test } from 'vitest';
import { closest } from './closest.ts';

const words = ['scan', 'ingest', 'status', 'doctor', 'completion'];

test.each([
  ['ignest', 'ingest'],
  ['sacn', 'scan'],
  ['STATUS', 'status'],
  ['docter', 'doctor'],
  ['compl', 'completion'],
  ['frobnicate', null],
  ['x', null],
])('closest(%s) is %s', (typed, meant) => {
  expect(closest(typed, words)).toBe(meant);
});

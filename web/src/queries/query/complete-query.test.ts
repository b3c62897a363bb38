import { expect, test } from 'vitest';
import { applyCompletion, completeQuery } from './complete-query.ts';

const values: Record<string, { name: string; count: number }[]> = {
  camera: [
    { name: 'cam_b', count: 122 },
    { name: 'cam_a', count: 2296 },
    { name: 'witness', count: 5 },
  ],
  tag: [{ name: 'wide shot', count: 3 }],
};
const complete = (text: string, caret = text.length) =>
  completeQuery(text, caret, (key) => values[key] ?? [])?.options.map((option) => option.text) ?? [];

test.each<[text: string, options: string[]]>([
  ['', []],
  ['hero ', []],
  ['s', ['status:', 'subject:', 'size:', 'sharp:', 'sidecar:']],
  ['x -ca', ['-camera:']],
  ['camera:', ['camera:cam_a', 'camera:cam_b', 'camera:witness']],
  ['camera:CAM', ['camera:cam_a', 'camera:cam_b']],
  ['camera:cam_a', []],
  ['camera:cam_a,wit', ['camera:cam_a,witness']],
  ['-tag:w', ['-tag:"wide shot"']],
  ['yaw>', []],
  ['colour:r', []],
])('completeQuery: offers for %j what fits, the most frequent first', (text, options) => {
  expect(complete(text)).toEqual(options);
});

test('completeQuery: completes the term at the caret, not the last one', () => {
  expect(complete('camera:w tag:hero', 8)).toEqual(['camera:witness']);
  expect(complete('camera:w tag:hero', 3)).toEqual([]);
});

test('applyCompletion: goes on behind a value with a space, behind a key without', () => {
  expect(applyCompletion('camera:w tag:hero', { from: 0, to: 8 }, 'camera:witness')).toEqual({
    text: 'camera:witness tag:hero',
    caret: 15,
  });
  expect(applyCompletion('a cam', { from: 2, to: 5 }, 'camera:')).toEqual({ text: 'a camera:', caret: 9 });
  expect(applyCompletion('tag:w', { from: 0, to: 5 }, 'tag:"wide shot"')).toEqual({
    text: 'tag:"wide shot" ',
    caret: 16,
  });
});

import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellWord } from './shell-word.ts';

/** Returns what bash passes to a program for the word. */
function argument(word: string): Buffer {
  return execFileSync('bash', ['-c', `printf %s ${word}`]);
}

test('shellWord: leaves a plain path as it is', () => {
  expect(shellWord('/mnt/nas/A_CAM/take-01.mov')).toBe('/mnt/nas/A_CAM/take-01.mov');
});

test.each([
  '/mnt/a b/it’s it\'s "x".mov',
  '/mnt/$(touch x)/`id`/$HOME;rm -rf *',
  '/mnt/a\\nb/!history/#1~',
  '/mnt/line\nbreak\tand\u0003\u001b[2J.mov',
  '/mnt/next\u0085line.mov',
  "/mnt/'\n'.mov",
])('shellWord: makes bash read %j as one word', (path) => {
  expect(argument(shellWord(path)).toString()).toBe(path);
});

test('shellWord: writes no control character', () => {
  expect(shellWord('/mnt/\u001b[2J\n\u007f')).toMatch(/^\P{Cc}*$/u);
});

test('shellWord: writes the bytes of a name that is not text', () => {
  expect(argument(shellWord('/mnt/caf\uefe9a.mov'))).toEqual(Buffer.from('/mnt/caf\xe9a.mov', 'latin1'));
});

test('shellWord: puts a Windows path in double quotes', () => {
  expect(shellWord('Z:\\media\\a b.mov')).toBe('"Z:\\media\\a b.mov"');
  expect(shellWord('\\\\nas\\media\\a.mov')).toBe('"\\\\nas\\media\\a.mov"');
});

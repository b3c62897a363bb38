import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Words that the tree has given up, and what stands for them. Applied migrations keep their text. */
const RETIRED: readonly (readonly [words: RegExp, instead: string])[] = [
  [/\/\*\* (Of|What) /, 'a docstring that starts with a verb or a noun'],
  [/\b(anew|whoever)\b/i, '“again”, or the concrete subject'],
  [/\b(nobody|somebody)\b/i, '“no user”, “a person”, or the concrete subject'],
  [
    /sync\/src\/electric\b|web\/src\/outbox\b|web\/src\/replica-(image|safety|storage|testing)\b/,
    'the folder’s new place',
  ],
];
const EXCEPT = new Set(['scripts/words.test.ts', 'pnpm-lock.yaml']);

test.each(RETIRED)('no file contains %s: write %s', (words) => {
  const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs', '*.md', '*.css', '*.json', '*.yaml'], {
    encoding: 'utf8',
  });
  const found = files
    .split('\n')
    .filter((file) => file !== '' && !EXCEPT.has(file))
    .flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((line, index) => (words.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
    );
  expect(found).toEqual([]);
});

/** Returns a file's text; empty when the index names it but it is not on disk. */
function read(file: string): string {
  try {
    return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  } catch {
    return '';
  }
}

import { spawnSync } from 'node:child_process';
import { seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { expect, test } from 'vitest';
import { readLiteral } from './read-literal.ts';
import { MAX_TEXT_BYTES } from './values/face-limits.ts';
import { FaceProblem } from './values/face-problem.ts';

test.each<[string, unknown]>([
  ['None', null],
  [' True ', true],
  ['false', false],
  ['-12', -12],
  ['1_000.5e-1', 100.05],
  ['.5', 0.5],
  ['5.', 5],
  ['-inf', -Infinity],
  ['NaN', Number.NaN],
  ["'it\\'s'", "it's"],
  ['"a\\u00e9\\ud83d\\ude00\\/"', 'aé😀/'],
  ["'\\x41\\101\\U0001f600\\n\\q'", 'AA😀\n\\q'],
  ["u'é'", 'é'],
  ["b'\\x00\\xff\\''", Buffer.from([0, 255, 39])],
  ['()', []],
  ['(1,)', [1]],
  ['(1)', 1],
  ['(1, 2, )', [1, 2]],
  ['[1, [2, (3, 4)]]', [1, [2, [3, 4]]]],
  ['{}', new Map()],
  ['set()', []],
  ['{1}', [1]],
  ['{1, 2}', [1, 2]],
  [
    "{'a': 1, 2: {'b': None},}",
    new Map<unknown, unknown>([
      ['a', 1],
      [2, new Map([['b', null]])],
    ]),
  ],
  ['{"__proto__": 1}', new Map([['__proto__', 1]])],
])('readLiteral(%j)', (text, expected) => expect(readLiteral(text)).toEqual(expected));

test.each([
  '',
  '[1, 2',
  "'open",
  "'new\nline'",
  '1 2',
  '[1 2]',
  '{1: }',
  "{'a' 1}",
  '{1: 2, 3}',
  '__import__("os")',
  "open('/etc/passwd')",
  'os.system',
  '[x for x in y]',
  "f'{1}'",
  'lambda: 0',
  '1 + 1',
  "'\\N{BULLET}'",
  "'\\x4'",
  "'\\Uffffffff'",
  'np.float32(1.5)',
  'constructor',
  '(1',
])('readLiteral rejects %j', (text) => expect(() => readLiteral(text)).toThrow(FaceProblem));

test('readLiteral limits depth, size and the number of values', () => {
  expect(() => readLiteral('['.repeat(100_000))).toThrow('levels of nesting');
  expect(() => readLiteral('{1:'.repeat(100_000))).toThrow('levels of nesting');
  expect(() => readLiteral(`[${'0,'.repeat(510_000)}]`)).toThrow('500,000 values');
  expect(() => readLiteral(' '.repeat(MAX_TEXT_BYTES + 1))).toThrow('1 MiB');
  expect(readLiteral(`'${'a'.repeat(MAX_TEXT_BYTES - 2)}'`)).toHaveLength(MAX_TEXT_BYTES - 2);
  expect(() => readLiteral(`'${'\\\\'.repeat(MAX_TEXT_BYTES / 2 - 1)}`)).toThrow(FaceProblem);
});

test('readLiteral rejects text truncated at any character', () => {
  const text = `{'alignments': {'x': 1, 'mask': {'a': b'\\x00'}}, "source": (None, -0.5)}`;
  for (let length = 0; length < text.length; length++) {
    expect(() => readLiteral(text.slice(0, length))).toThrow(FaceProblem);
  }
});

test('readLiteral reads or rejects any text, with no other outcome', () => {
  const random = seededRandom(44);
  const text = `{'alignments': {'x': 1, 'mask': {'a': b'\\x00'}}, "source": (None, -0.5), 'n': [1e5, True]}`;
  for (let round = 0; round < 5000; round++) {
    const characters = [...text];
    for (let change = random.whole(1, 5); change > 0; change--) {
      characters[random.whole(0, text.length - 1)] = random.pick([...`'"\\{}[](),:b0x.-eN \n`]);
    }
    try {
      readLiteral(characters.join(''));
    } catch (error) {
      if (!(error instanceof FaceProblem)) throw error;
    }
  }
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

test.skipIf(!hasPython)('readLiteral reads what this machine’s Python writes', () => {
  const value = "{'a': [1, -2.5e-9, None, True], 'b': ('x\\\\', \"it's\", 'é\\x00\\u202e\\U000e0001'), 'c': {'d': {}}}";
  const { stdout } = spawnSync('python3', ['-c', `import json; v = ${value}; print(repr(v)); print(json.dumps(v))`], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONIOENCODING: 'utf8' },
  });
  const [repr = '', json = ''] = stdout.trim().split('\n');
  expect(readLiteral(repr)).toEqual(readLiteral(json));
  expect(JSON.stringify(JSON.parse(json))).toContain('it');
});

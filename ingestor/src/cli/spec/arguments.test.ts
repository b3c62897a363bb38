import { describe, expect, test } from 'vitest';
import { outputFormat, parseArguments } from './arguments.ts';
import { COMMANDS } from './commands.ts';

test('parseArguments reads a command, its argument and its options as typed', () => {
  const line = ['--json', 'ingest', '/in', '--project', ' Night ', '--tags', 'a, b', '--skip-proxies', '--json=lines'];
  expect(parseArguments(line)).toEqual({
    command: 'ingest',
    argument: '/in',
    options: { project: ' Night ', tags: 'a, b', 'skip-proxies': true },
  });
});

test('parseArguments treats the word after -- as the argument', () => {
  expect(parseArguments(['scan', '--', '--odd'])).toMatchObject({ argument: '--odd' });
});

test('parseArguments accepts a command without its optional argument', () => {
  expect(parseArguments(['rescan'])).toEqual({ command: 'rescan', argument: null, options: {} });
});

test.each([
  [['--help'], null],
  [['help'], null],
  [['help', 'ingest'], 'ingest'],
  [['ingest', '--help'], 'ingest'],
  [['ingest', '/in', '-h', '--frob'], 'ingest'],
])('parseArguments treats %j as a request for help', (argv, about) => {
  expect(parseArguments(argv)).toEqual({ command: 'help', about });
});

describe('parseArguments rejects', () => {
  test.each([
    ['no command', [], 'a command is missing'],
    ['an unknown command', ['frobnicate'], 'unknown command frobnicate; ihub --help'],
    ['a mistyped command', ['ignest'], 'unknown command ignest; did you mean ingest?'],
    ['an unknown flag', ['status', '--fast'], "Unknown option '--fast'"],
    ['a mistyped flag', ['ingest', '/in', '--projct', 'P'], 'did you mean --project?'],
    ['a flag without its value', ['ingest', '/in', '--project'], '--project'],
    ['ingest without a path', ['ingest', '--project', 'P'], 'usage: ihub ingest PATH'],
    ['two paths', ['scan', '/a', '/b'], 'usage: ihub scan PATH'],
    [
      'an unknown type',
      ['ingest', '/in', '--project', 'P', '--type', 'advert'],
      '--type is not valid: use vfx or atman',
    ],
    ['an unknown list', ['list', 'assets'], 'projects, subjects, packages, incoming or runs'],
    ['arguments of status', ['status', 'now'], 'status takes no argument'],
  ])('parseArguments rejects %s', (_, argv, message) => {
    expect(() => parseArguments(argv)).toThrow(message);
  });
});

test('outputFormat finds its flag anywhere, even in a line that does not parse', () => {
  expect(outputFormat(['frobnicate', '--json'])).toBe('json');
  expect(outputFormat(['--json-lines', 'status'])).toBe('json-lines');
  expect(outputFormat(['status', '--json=lines'])).toBe('json-lines');
  expect(outputFormat(['status'])).toBe('text');
});

test('every example of every command parses', () => {
  for (const { examples } of Object.values(COMMANDS)) {
    for (const example of examples) {
      const words = (example.split(' > ')[0] ?? '').match(/"[^"]*"|\S+/g) ?? [];
      expect(() => parseArguments(words.map((word) => word.replaceAll('"', '')))).not.toThrow();
    }
  }
});

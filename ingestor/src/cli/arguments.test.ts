import { describe, expect, test } from 'vitest';
import { parseArguments } from './arguments.ts';

test('parseArguments reads an ingest with all its options', () => {
  const line = [
    'ingest',
    '/in',
    '--project',
    ' Night ',
    '--type',
    'vfx',
    '--tags',
    'a, b,,',
    '--subject',
    'JANE',
    '--json',
  ];
  expect(parseArguments(line)).toEqual({
    command: 'ingest',
    path: '/in',
    options: { project: 'Night', type: 'vfx', tags: ['a', 'b'], subject: 'JANE' },
  });
});

describe('parseArguments refuses', () => {
  test.each([
    ['no command', [], 'a command is missing'],
    ['an unknown command', ['frobnicate'], 'no command frobnicate'],
    ['an unknown flag', ['status', '--fast'], "Unknown option '--fast'"],
    ['a flag without its value', ['ingest', '/in', '--project'], '--project'],
    ['ingest without a path', ['ingest', '--project', 'P'], 'usage: ihub ingest PATH'],
    ['two paths', ['scan', '/a', '/b'], 'usage: ihub scan PATH'],
    ['ingest without a project', ['ingest', '/in'], '--project NAME'],
    ['an empty project', ['ingest', '/in', '--project', ' '], '--project is not valid'],
    ['an unknown type', ['ingest', '/in', '--project', 'P', '--type', 'film'], '--type is not valid'],
    ['a tag with a control character', ['ingest', '/in', '--project', 'P', '--tags', 'a\tb'], '--tags is not valid'],
    ['an unknown list', ['list', 'assets'], 'projects, subjects or packages'],
    ['arguments of status', ['status', 'now'], 'status takes no argument'],
  ])('parseArguments refuses %s', (_, argv, message) => {
    expect(() => parseArguments(argv)).toThrow(message);
  });
});

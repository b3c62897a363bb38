import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLog } from './create-log.ts';
import { type IngestorLog, LOG_EVENTS } from './log-events.ts';

function logged(isForPeople: boolean, write: (log: IngestorLog) => void, level = 'info'): string {
  let text = '';
  write(createLog({ level, host: 'nas', isForPeople, color: false, write: (line) => (text += line) }));
  return text;
}

describe('createLog', () => {
  test('writes one line of JSON for each event', () => {
    const text = logged(false, (log) => log.info({ event: 'run started', run: 'r', folder: 'a\nb\u0085c' }, 'Begun.'));
    expect(text.trimEnd()).not.toMatch(/[\n\u0085]/);
    expect(JSON.parse(text)).toMatchObject({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      host: 'nas',
      event: 'run started',
      folder: 'a\nb\u0085c',
      msg: 'Begun.',
    });
  });

  test('writes a line of text for people, with control characters in names escaped', () => {
    const text = logged(true, (log) =>
      log.warn({ event: 'asset has a problem', path: 'a\u001b[2J b.mov', problem: 'Cut.' }),
    );
    expect(text).toMatch(
      /^\d\d:\d\d:\d\d warn {2}asset has a problem {2}path="a\\u\{1b\}\[2J b\.mov" {2}problem=Cut\.\n$/,
    );
  });

  test.each([true, false])('writes full errors only for machines, and never secrets (people: %s)', (isForPeople) => {
    const error = new Error(
      'connect to postgres://ihub:s3cret@db:5432/x failed\n?key=abc AIzaSyA1234567890123456789012345',
    );
    const text = logged(isForPeople, (log) => log.error({ event: 'jobs', err: error }));
    expect(text).toContain('postgres://ihub:***@db:5432/x failed');
    expect(text).not.toMatch(/s3cret|abc|AIza/);
    expect(text.trimEnd()).not.toContain('\n');
    expect(text.includes('log.test.ts')).toBe(!isForPeople);
  });

  test('omits events below its level', () => {
    expect(logged(false, (log) => log.info({ event: 'stopped' }), 'warn')).toBe('');
  });
});

test('LOG_EVENTS has every event that the ingestor logs', async () => {
  const source = path.join(import.meta.dirname, '..');
  const unknown: string[] = [];
  for await (const file of glob('**/*.ts', { cwd: source, exclude: (name) => name.endsWith('.test.ts') })) {
    const text = await readFile(path.join(source, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/\blog\.(?:debug|info|warn|error)\(\s*\{\s*event: '([^']+)'/g)) {
      if (!Object.hasOwn(LOG_EVENTS, name)) unknown.push(`${file}: ${name}`);
    }
  }
  expect(unknown).toEqual([]);
});

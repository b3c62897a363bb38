import { describe, expect, test } from 'vitest';
import { readIngestOptions, runOptionsOf } from './ingest-options.ts';

test('readIngestOptions takes names without the white space around them, and tags one by one', () => {
  expect(readIngestOptions({ project: ' Night ', tags: 'a, b,,', 'proxy-height': '540' })).toMatchObject({
    project: 'Night',
    tags: ['a', 'b'],
    'proxy-height': 540,
    yes: false,
  });
});

describe('readIngestOptions refuses', () => {
  test.each([
    ['no project', {}, 'ingest needs a project: --project NAME'],
    ['an empty project', { project: ' ' }, '--project is not valid: it is empty'],
    ['a tag with a control character', { project: 'P', tags: 'a\tb' }, '--tags is not valid'],
    ['a height that is no number', { project: 'P', 'proxy-height': 'high' }, '--proxy-height is not valid'],
    ['an odd height', { project: 'P', 'proxy-height': '719' }, 'even number of lines'],
    ['a huge height', { project: 'P', 'proxy-height': '9999' }, '--proxy-height is not valid'],
  ])('readIngestOptions refuses %s', (_, given, message) => {
    expect(() => readIngestOptions(given)).toThrow(message);
  });
});

test('runOptionsOf keeps what was said, and nothing else', () => {
  expect(runOptionsOf(readIngestOptions({ project: 'P' }), undefined)).toEqual({});
  const given = { project: 'P', subject: 'JANE', 'skip-proxies': true, 'proxy-height': '480', force: true };
  expect(runOptionsOf(readIngestOptions(given), 'vfx')).toEqual({
    type: 'vfx',
    subject: 'JANE',
    skip_proxies: true,
    proxy_height: 480,
    force: true,
  });
});

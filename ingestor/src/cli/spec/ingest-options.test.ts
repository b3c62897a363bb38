import { describe, expect, test } from 'vitest';
import { readIngestOptions, runOptionsOf } from './ingest-options.ts';

test('readIngestOptions trims names, and splits tags at commas', () => {
  expect(readIngestOptions({ project: ' Night ', tags: 'a, b,,', 'proxy-height': '540' })).toMatchObject({
    project: 'Night',
    tags: ['a', 'b'],
    'proxy-height': 540,
    yes: false,
  });
});

describe('readIngestOptions rejects', () => {
  test.each([
    ['no project', {}, 'ingest needs a project: --project NAME'],
    ['an empty project', { project: ' ' }, '--project is not valid: it is empty'],
    ['a tag with a control character', { project: 'P', tags: 'a\tb' }, '--tags is not valid'],
    ['a height that is not a number', { project: 'P', 'proxy-height': 'high' }, '--proxy-height is not valid'],
    ['an odd height', { project: 'P', 'proxy-height': '719' }, 'even number of lines'],
    ['a huge height', { project: 'P', 'proxy-height': '9999' }, '--proxy-height is not valid'],
  ])('readIngestOptions rejects %s', (_, given, message) => {
    expect(() => readIngestOptions(given)).toThrow(message);
  });
});

test('runOptionsOf keeps only the options that were given', () => {
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

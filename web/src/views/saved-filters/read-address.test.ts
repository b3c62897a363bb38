import { expect, test } from 'vitest';
import { readAddress } from './read-address.ts';

const ID = '01900000-0000-7000-8000-000000000021';

test.each([
  [`/packages/${ID}?q=tag:hero&sort=size`, { kind: 'package', id: ID }, 'tag:hero'],
  [`/packages/${ID}?review=approved&text=x`, { kind: 'package', id: ID }, 'status:approved x'],
  ['/assets?q=missing%3A', { kind: 'library' }, 'missing:'],
  [`/projects/${ID}/assets?q=x`, { kind: 'project', id: ID }, 'x'],
  [`/subjects/${ID}/assets`, { kind: 'subject', id: ID }, ''],
])('readAddress: finds the list and the filter of %j', (address, scope, text) => {
  const read = readAddress(address);
  expect([read?.scope, read?.filter.text]).toEqual([scope, text]);
});

test.each(['/search?q=x', `/projects/${ID}`, '/packages/none?q=x', `/packages/${ID}/assets`, '/'])(
  'readAddress: finds no list of assets in %j',
  (address) => {
    expect(readAddress(address)).toBeNull();
  },
);

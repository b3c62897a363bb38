import { expect, test } from 'vitest';
import { openingStatus } from '../replica/model/opening-status.ts';
import { describeConnection, describeReplica, describeUnsent } from './describe-replica.ts';

test('describeReplica: is up to date only with every shape current, and shows the age of the copy when offline', () => {
  const ready = { ...openingStatus, phase: 'ready', online: true, shapesFollowed: 3, shapesUpToDate: 3 } as const;
  expect(describeReplica(ready)).toBe('Up to date');
  expect(describeReplica({ ...ready, shapesUpToDate: 2 })).toBe('Catching up');
  expect(describeReplica({ ...ready, online: false })).toBe('Partly loaded');
  expect(describeReplica({ ...ready, online: false, upToDateAt: new Date() })).toMatch(/^As of/);
});

test('describeUnsent: counts the waiting changes, and does not claim that unread ones were sent', () => {
  const ready = { ...openingStatus, phase: 'ready' } as const;
  expect(describeUnsent(ready)).toBe('All changes sent');
  expect(describeUnsent({ ...ready, unsent: 1, unsentRows: 3 })).toBe('1 change to send');
  expect(describeUnsent({ ...ready, unsent: 2, unsentRows: 12_000 })).toBe('2 changes to send · 12,000 rows');
  expect(describeUnsent(openingStatus)).toBe('Opening…');
  expect(describeUnsent({ ...openingStatus, phase: 'failed' })).toBe('Changes unavailable');
});

test('describeReplica, describeConnection: report a problem when the server cannot follow the library', () => {
  const server = { following: 'The remote Electric does not answer.', writing: null };
  const ready = {
    ...openingStatus,
    phase: 'ready',
    online: true,
    shapesFollowed: 3,
    shapesUpToDate: 3,
    server,
  } as const;
  expect(describeReplica({ ...ready, upToDateAt: new Date() })).toMatch(/^As of/);
  expect(describeConnection(ready)).toBe('Server has a problem');
  expect(describeConnection({ ...ready, online: false })).toBe('Offline');
});

import { expect, test } from 'vitest';
import { openingStatus } from '../replica/opening-status.ts';
import { describeUnsent } from './describe-replica.ts';

test('describeUnsent: counts what waits, and promises nothing of changes that nobody could read', () => {
  const ready = { ...openingStatus, phase: 'ready' } as const;
  expect(describeUnsent(ready)).toBe('All changes sent');
  expect(describeUnsent({ ...ready, unsent: 1, unsentRows: 3 })).toBe('1 change to send');
  expect(describeUnsent({ ...ready, unsent: 2, unsentRows: 12_000 })).toBe('2 changes to send · 12,000 rows');
  expect(describeUnsent(openingStatus)).toBe('Changes not read yet');
  expect(describeUnsent({ ...openingStatus, phase: 'failed' })).toBe('Changes not read yet');
});

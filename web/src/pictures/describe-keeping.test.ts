import { expect, test } from 'vitest';
import { describeKeeping } from './describe-keeping.ts';
import type { KeepingState } from './picture-news.ts';

const scope = { key: 'package:1', kind: 'package', id: '1', stopped: false } as const;
const some = { scope, amount: { pictures: 250, bytes: 2_500_000 }, total: 1000 };

test.each<[KeepingState, string, string | null]>([
  [{ at: 'fetching' }, 'Keeping offline, 25%', 'stop'],
  [{ at: 'waiting' }, 'Kept offline: 25%', 'stop'],
  [{ at: 'full' }, 'Device full', 'try again'],
  [{ at: 'failed', problem: 'Why.' }, 'Kept offline: 25%', 'try again'],
  [{ at: 'resting' }, 'Kept offline', null],
])('describeKeeping: describes a partly kept package in state %o', (state, label, action) => {
  expect(describeKeeping({ ...some, state })).toMatchObject({
    label,
    action,
    sentence: expect.stringContaining('250 of 1,000 pictures are on this device'),
  });
});

test('describeKeeping: shows a complete package as kept in any state, and offers to resume a stopped one', () => {
  const whole = { ...some, total: 250, state: { at: 'fetching' } } as const;
  expect(describeKeeping(whole)).toMatchObject({ label: 'Kept offline', progress: null, action: null });
  const stopped = { ...some, scope: { ...scope, stopped: true }, state: { at: 'resting' } } as const;
  expect(describeKeeping(stopped)).toMatchObject({ label: 'Stopped at 25%', action: 'resume' });
});

test('describeKeeping: shows a dash for an unknown number of pictures, not 0', () => {
  const words = describeKeeping({ ...some, total: null, state: { at: 'fetching' } });
  expect(words.sentence).toContain('250 of –');
});

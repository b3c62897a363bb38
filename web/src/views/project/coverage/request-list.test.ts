import { expect, test } from 'vitest';
import { listRequests, writeRequests } from './request-list.ts';

const bin = (yaw: number, count: number) => ({
  region: { yaw: [yaw, yaw + 10] as const, pitch: [20, 30] as const },
  count,
});

test('listRequests, writeRequests: ask for the largest gap first, with what is there', () => {
  const requests = listRequests([
    { name: 'ada', thin: { core: 72, below: 100, bins: [bin(-60, 90)] } },
    { name: 'ines', thin: { core: 72, below: 1000, bins: [bin(0, 20), bin(10, 0)] } },
  ]);
  expect(writeRequests(requests)).toBe(
    'ines: yaw 0° to +20°, pitch +20° to +30°. We have 20 and need 2,000.\n' +
      'ada: yaw −60° to −50°, pitch +20° to +30°. We have 90 and need 100.',
  );
  expect(listRequests([])).toEqual([]);
});

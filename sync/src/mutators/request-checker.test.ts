import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createRequestChecker } from './request-checker.ts';

function bodyOf(value: unknown): ArrayBuffer {
  return new TextEncoder().encode(JSON.stringify(value)).buffer;
}

test('RequestChecker rejects a body that needs too much memory, and checks the next one', async () => {
  const checker = createRequestChecker({ memoryMb: 48, patienceMs: 80_000 });
  const client = randomUUID();
  const good = {
    client,
    mutations: [
      {
        id: randomUUID(),
        name: 'assets.review',
        args: { ids: Array.from({ length: 20_000 }, () => randomUUID()), review_status: 'approved' },
      },
    ],
  };
  expect(await checker.check(bodyOf(good))).toMatchObject({ client });
  // Four bytes each in the body, and many times that as JavaScript objects.
  const swelling = { client, mutations: Array.from({ length: 2_000_000 }, () => [1]) };
  expect(await checker.check(bodyOf(swelling))).toMatchObject({ status: 413, code: 'too_large' });
  expect(await checker.check(bodyOf(good))).toMatchObject({ client });
});

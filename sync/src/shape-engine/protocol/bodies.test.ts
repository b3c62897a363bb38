import { expect, test } from 'vitest';
import { logBody } from './bodies.ts';

test('logBody gives readers of a long answer the same block, not copies', async () => {
  const block = Buffer.from(`{"key":"${'x'.repeat(100_000)}"}`);
  const slice = {
    id: 'long',
    bytes: block.length,
    end: { lsn: 1n, op: 0 },
    complete: true,
    blocks: async function* () {
      yield block;
    },
  };
  const body = await logBody(slice, '{"headers":{}}')();
  const parts: Buffer[] = [];
  for await (const part of body as unknown as AsyncIterable<Buffer>) parts.push(part);
  expect(parts).toContain(block);
  expect(Buffer.concat(parts).toString()).toBe(`[${block},{"headers":{}}]`);
});

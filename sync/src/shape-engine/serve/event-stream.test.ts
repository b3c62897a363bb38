import { expect, test } from 'vitest';
import { BLOCK_BYTES } from '../log/block-cache.ts';
import type { LogSlice } from '../log/log-slice.ts';
import { sliceEvents } from './event-stream.ts';

const AFTER = Buffer.from('data: up to date\n\n');

/** Returns a slice of the messages in blocks of `blockBytes`. */
function sliceOf(messages: readonly string[], blockBytes: number): LogSlice {
  const bytes = Buffer.from(messages.join(','));
  return {
    id: `${blockBytes} ${bytes.length}`,
    bytes: bytes.length,
    end: { lsn: 1n, op: 0 },
    complete: true,
    async *blocks() {
      for (let at = 0; at < bytes.length; at += blockBytes) yield bytes.subarray(at, at + blockBytes);
    },
  };
}

async function piecesOf(slice: LogSlice): Promise<Buffer[]> {
  const pieces: Buffer[] = [];
  for await (const piece of sliceEvents(slice, AFTER)) pieces.push(piece);
  return pieces;
}

test('sliceEvents yields one event per message, wherever blocks end', async () => {
  const messages = ['{"key":"},{"}', '{"value":{"a":"1"}}', '{"headers":{}}', '{"key":"x"}'];
  const expected = [...messages.map((message) => `data: ${message}\n\n`), AFTER].join('');
  for (let blockBytes = 1; blockBytes <= messages.join(',').length; blockBytes++)
    expect(Buffer.concat(await piecesOf(sliceOf(messages, blockBytes))).toString()).toBe(expected);
});

test('sliceEvents yields small shared pieces of a long log, and ends with the last message', async () => {
  const messages = Array.from({ length: 2000 }, (_, id) => `{"value":{"id":"${id}","note":"${'x'.repeat(400)}"}}`);
  const pieces = await piecesOf(sliceOf(messages, BLOCK_BYTES));
  const others = await piecesOf(sliceOf(messages, BLOCK_BYTES));
  expect(others.every((piece, index) => piece === pieces[index])).toBe(true);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(40_000);
  expect(pieces.at(-1)?.toString()).toMatch(/"id":"1999".*\n\ndata: up to date\n\n$/s);
});

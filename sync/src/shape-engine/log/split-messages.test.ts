import { expect, test } from 'vitest';
import { changeMessage, upToDateMessage } from '../wire/messages.ts';
import { boundaryAcross, lastBoundary, splitMessages } from './split-messages.ts';

/** Texts that look like a boundary and may occur in a row. */
const evil = ['},{', '},{"value":', '"},{"key":"', '},{"headers":{', '\\"},{"value"', '},{\n"'];

const messages = [
  ...evil.map((text, position) =>
    changeMessage(
      {
        operation: 'update',
        key: `"public"."t"/"${text}"`,
        value: JSON.stringify({ [text]: text, id: text, value: '},{' }),
        oldValue: JSON.stringify({ [text]: text }),
        position,
      },
      { relation: JSON.stringify([text, text]), lsn: 5n, xid: 7 },
      false,
    ),
  ),
  upToDateMessage(7n),
  '{"key":"\\"t\\"/\\"1\\"","value":{"a":"},{"},"headers":{"operation":"insert"}}',
  '{"value":{},"key":"k"}',
];

test('splitMessages divides only between messages, whatever the rows contain', () => {
  expect(splitMessages(Buffer.from(messages.join(','))).map(String)).toEqual(messages);
  expect(splitMessages(Buffer.from(messages[0] ?? '')).map(String)).toEqual([messages[0]]);
  expect(splitMessages(Buffer.alloc(0))).toEqual([]);
});

test('lastBoundary finds the last whole message of a text cut off anywhere', () => {
  const text = Buffer.from(messages.join(','));
  for (let end = 0; end <= text.length; end++) {
    const cut = text.subarray(0, end);
    const boundary = lastBoundary(cut);
    expect(boundary).toBe(splitMessages(cut).slice(0, -1).join(',').length);
  }
});

test('boundaryAcross finds the first whole message of a text cut in two anywhere', () => {
  for (const [first = '', second = ''] of messages.map((message, index) => [message, messages[index + 1]])) {
    const text = Buffer.from(`${first},${second}`);
    // A cut after the boundary's letter leaves the whole boundary in the first part.
    for (let cut = 0; cut <= first.length + 3 && second !== ''; cut++)
      expect(boundaryAcross(text.subarray(0, cut), text.subarray(cut))).toBe(first.length);
  }
  expect(boundaryAcross(Buffer.from('{"value":{}'), Buffer.from(',"key":"k"}'))).toBe(-1);
});

import { expect, test } from 'vitest';
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts';

function stream(chunks: readonly string[], end = true): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      if (end) controller.close();
    },
  });
}

async function read(chunks: readonly string[]): Promise<(ServerSentEvent | null)[]> {
  const events: (ServerSentEvent | null)[] = [];
  for await (const event of readServerSentEvents(stream(chunks), 1000)) events.push(event);
  return events;
}

test('readServerSentEvents: yields whole events however they were cut, and comments as null', async () => {
  const text = ': still here\n\nevent: ring\ndata: {"shape":"æ"}\n\ndata: a\r\ndata: b\r\n\r\nevent: no data\n\n';
  const whole = await read([text]);
  expect(whole).toEqual([null, { event: 'ring', data: '{"shape":"æ"}' }, { event: '', data: 'a\nb' }]);
  expect(await read([...text])).toEqual(whole);
});

test('readServerSentEvents: fails when the stream falls silent', async () => {
  const events = readServerSentEvents(stream([':\n'], false), 20);
  expect((await events.next()).value).toBe(null);
  await expect(events.next()).rejects.toThrow('The server was silent for 0.02 s.');
});

/** Live mode as server-sent events. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ContractTarget, targets } from './contract-target.ts';
import { type Change, Conversation } from './conversation.ts';
import { eventsOf, readEvents } from './events.ts';

type Event = Pick<Change, 'headers'> & Partial<Change>;

describe.each(targets)('server-sent events: $name', ({ start }) => {
  let target: ContractTarget;
  beforeAll(async () => {
    target = await start();
  });
  afterAll(async () => {
    await target[Symbol.asyncDispose]();
  });

  async function shapeOf(table: string): Promise<Conversation> {
    await target.create(`TABLE ${table}`, '(id int PRIMARY KEY)');
    const shape = new Conversation(target, { table });
    await shape.catchUp();
    return shape;
  }

  const open = (shape: Conversation, signal: AbortSignal) =>
    shape.open({ handle: shape.handle, offset: shape.offset, live: 'true', live_sse: 'true' }, { signal });

  test('sends each message as an event, and an up-to-date after each transaction', async () => {
    const shape = await shapeOf('told');
    using stop = stopping();
    const response = await open(shape, stop.signal);
    const reading = readEvents(response, (read) => /"delete".*up-to-date/s.test(read));
    await target.sql`INSERT INTO told VALUES (1), (2)`;
    await target.sql`DELETE FROM told`;
    const events = eventsOf(await reading) as Event[];
    const told = events.map(({ headers, value }) => headers['control'] ?? `${headers['operation']} ${value?.['id']}`);
    expect(told.filter((event) => event !== 'up-to-date')).toEqual(['insert 1', 'insert 2', 'delete 1', 'delete 2']);
    expect(told.at(-1)).toBe('up-to-date');
    const ends = events.flatMap(({ headers }, index) =>
      headers['control'] ? [events[index - 1]?.headers['last']] : [],
    );
    expect(new Set(ends)).toEqual(new Set([true]));
    // The official client continues from there, although that transaction has messages after its position 0.
    const seen = String(events.at(-1)?.headers['global_last_seen_lsn']);
    const resumed = await shape.request({ handle: shape.handle, offset: `${seen}_0` });
    expect(resumed.status).toBe(200);
    if (target.name === 'engine') expect(resumed.body).not.toContain('"key"');
  });

  test('sends earlier changes first when the stream opens', async () => {
    const shape = await shapeOf('behind');
    await target.sql`INSERT INTO behind VALUES (1)`;
    // Answered once the change is in the log.
    await shape.request({ handle: shape.handle, offset: shape.offset, live: 'true' });
    using stop = stopping();
    const response = await open(shape, stop.signal);
    const [event] = eventsOf(await readEvents(response, (read) => read.includes('up-to-date'))) as Event[];
    expect(event).toMatchObject({ value: { id: '1' }, headers: { operation: 'insert' } });
  });

  test('sends keep-alives, ends the stream after a while, and accepts a new request', {
    timeout: 90_000,
  }, async () => {
    const shape = await shapeOf('quiet');
    using stop = stopping();
    const response = await open(shape, stop.signal);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const text = await readEvents(response);
    expect(text).toContain(': keep-alive\n\n');
    expect(text.replaceAll(': keep-alive\n\n', '').replaceAll(/data: .*"up-to-date".*\n\n/g, '')).toBe('');
    const again = await open(shape, stop.signal);
    expect(again.headers.get('electric-handle')).toBe(shape.handle);
  });

  test('ends the stream on TRUNCATE and sends must-refetch, at once or on the next request', async () => {
    const shape = await shapeOf('emptied');
    using stop = stopping();
    const response = await open(shape, stop.signal);
    const reading = readEvents(response, (read) => read.includes('must-refetch'));
    await target.sql`TRUNCATE emptied`;
    // Electric sends nothing more on the stream.
    if (target.name === 'engine') expect(await reading).toContain('must-refetch');
    else await reading;
    const { handle, offset } = shape;
    expect((await shape.request({ handle, offset, live: 'true', live_sse: 'true' })).status).toBe(409);
  });

  test('reports errors as answers, not events', async () => {
    const shape = await shapeOf('wrong');
    const answer = await shape.request({ handle: '999-1', offset: '0_inf', live: 'true', live_sse: 'true' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([409, 'application/json; charset=utf-8']);
  });
});

/** Aborts its requests at the end of the test. */
function stopping(): Disposable & { readonly signal: AbortSignal } {
  const stop = new AbortController();
  return { signal: stop.signal, [Symbol.dispose]: () => stop.abort() };
}

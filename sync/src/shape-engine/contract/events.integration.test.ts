/** Live as server-sent events. */
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

  test('each message is an event, and after each transaction comes an up-to-date', async () => {
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
    // From there the official client goes on, though messages of that transaction come after its position 0.
    const seen = String(events.at(-1)?.headers['global_last_seen_lsn']);
    const resumed = await shape.request({ handle: shape.handle, offset: `${seen}_0` });
    expect(resumed.status).toBe(200);
    if (target.name === 'engine') expect(resumed.body).not.toContain('"key"');
  });

  test('what came before the stream was opened comes first', async () => {
    const shape = await shapeOf('behind');
    await target.sql`INSERT INTO behind VALUES (1)`;
    // Answered when it is in the log.
    await shape.request({ handle: shape.handle, offset: shape.offset, live: 'true' });
    using stop = stopping();
    const response = await open(shape, stop.signal);
    const [event] = eventsOf(await readEvents(response, (read) => read.includes('up-to-date'))) as Event[];
    expect(event).toMatchObject({ value: { id: '1' }, headers: { operation: 'insert' } });
  });

  test('a stream says that it is alive, ends by itself after a while, and may be asked for again', {
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

  test('TRUNCATE ends the stream, and its reader is told to fetch anew, then or when it asks', async () => {
    const shape = await shapeOf('emptied');
    using stop = stopping();
    const response = await open(shape, stop.signal);
    const reading = readEvents(response, (read) => read.includes('must-refetch'));
    await target.sql`TRUNCATE emptied`;
    // Electric says nothing more on the stream.
    if (target.name === 'engine') expect(await reading).toContain('must-refetch');
    else await reading;
    const { handle, offset } = shape;
    expect((await shape.request({ handle, offset, live: 'true', live_sse: 'true' })).status).toBe(409);
  });

  test('errors are answers, not events', async () => {
    const shape = await shapeOf('wrong');
    const answer = await shape.request({ handle: '999-1', offset: '0_inf', live: 'true', live_sse: 'true' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([409, 'application/json; charset=utf-8']);
  });
});

/** Ends its requests with the test. */
function stopping(): Disposable & { readonly signal: AbortSignal } {
  const stop = new AbortController();
  return { signal: stop.signal, [Symbol.dispose]: () => stop.abort() };
}

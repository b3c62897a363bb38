/** The exchanges recorded from Electric 1.7.12, in order. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ContractTarget, targets } from './contract-target.ts';
import { type Answer, Conversation } from './conversation.ts';
import { readEvents } from './events.ts';
import { expectedExchanges, INSERT_ITEMS, ITEMS_COLUMNS } from './expected-exchanges.ts';
import { messagesOf, normalAnswer } from './normal-form.ts';
import { readRecording } from './recording.ts';

const recording = await readRecording();

test('the recording, where available, matches the expected exchanges', () => {
  for (const [name, recorded] of recording ?? []) {
    const expected = expectedExchanges[name];
    const { status, headers, body } = normalAnswer(recorded);
    expect({ name, status, headers }).toEqual({ name, status: expected?.status, headers: expected?.headers });
    if (recorded.tail === null) expect({ name, body }).toEqual({ name, body: expected?.body });
    else {
      // Compares both ends, without the messages at the cut.
      const whole = [...messagesOf(recorded.body).slice(0, -1), ...messagesOf(recorded.tail).slice(1)];
      const { body: known } = normalAnswer({ ...recorded, body: `[${whole.join(',')}]` });
      expect(expected?.body).toEqual(expect.arrayContaining([...known]));
    }
  }
});

describe.each(targets)('recorded exchanges: $name', ({ start }) => {
  let target: ContractTarget;
  let items: Conversation;
  beforeAll(async () => {
    target = await start();
    await target.create('TABLE items', ITEMS_COLUMNS);
    await target.sql.unsafe(INSERT_ITEMS);
    items = new Conversation(target, { table: 'items' });
  });
  afterAll(async () => {
    await target[Symbol.asyncDispose]();
  });

  function expectExchange(name: string, answer: Answer): void {
    expect(normalAnswer(answer)).toEqual(expectedExchanges[name]);
  }

  test('01-03, 51, 52: from the beginning until up to date', async () => {
    const answer = await items.ask();
    expectExchange('01_initial', answer);
    expectExchange('02_continuation', await items.ask());
    expectExchange('03_uptodate', await items.ask());
    const again = { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } };
    expectExchange('51_etag_304', await items.request({ offset: '-1' }, again));
    expectExchange('52_head', await items.request({ offset: '-1' }, { method: 'HEAD' }));
  });

  test('04-06: live', { timeout: 60_000 }, async () => {
    const { sql } = target;
    let poll = items.ask({ live: 'true' });
    await sql`INSERT INTO items VALUES
      (5000, 'live one', 3, false, NULL, NULL, NULL, '2026-11-22 06:29:21.812636+00')`;
    expectExchange('04_live_insert', await poll);
    poll = items.ask({ live: 'true' });
    await sql.begin(async (transaction) => {
      await transaction`UPDATE items SET title = 'renamed', done = true WHERE id = 5000`;
      await transaction`DELETE FROM items WHERE id = 7`;
    });
    expectExchange('05_live_upd_del', await poll);
    expectExchange('06_live_timeout', await items.ask({ live: 'true' }));
  });

  test('07: server-sent events', async () => {
    const stop = new AbortController();
    const { handle, offset } = items;
    const live = { handle, offset, live: 'true', live_sse: 'true' };
    const response = await items.open(live, { signal: stop.signal });
    await target.sql`INSERT INTO items VALUES
      (5001, 'sse one', 4, false, NULL, NULL, NULL, '2026-11-22 06:29:45.044685+00')`;
    const events = await readEvents(response, (read) => read.includes('up-to-date'));
    stop.abort();
    expectExchange('07_sse', { status: response.status, headers: response.headers, body: events.trim() });
  });

  test.each<[string, Record<string, string>]>([
    ['08_409_bad_handle', { table: 'items', offset: '0_0', handle: '123-456' }],
    ['09_400_bad_column', { table: 'items', offset: '-1', columns: 'id,nope' }],
    ['10_400_no_pk', { table: 'items', offset: '-1', columns: 'title' }],
    ['11_400_no_table', { table: 'nope', offset: '-1' }],
    ['12_400_bad_where', { table: 'items', offset: '-1', where: 'nope = 1' }],
    ['13_400_offset_no_handle', { table: 'items', offset: '0_0' }],
    ['14_400_missing_offset', { table: 'items' }],
    ['22_where_params_missing', { table: 'items', offset: '-1', where: 'owner_id=$1 and id<$2' }],
  ])('%s', async (name, parameters) => {
    expectExchange(name, await items.request(parameters));
  });

  test('20, 21: columns, and a where with parameters', async () => {
    expectExchange('20_columns', await items.request({ offset: '-1', columns: 'id,title' }));
    const where = { where: 'owner_id=$1 and id<$2', 'params[1]': '3', 'params[2]': '30' };
    expectExchange('21_where_params', await items.request({ offset: '-1', ...where }));
  });

  test('23, 24: replica=full, with rows that come and go', async () => {
    const full = new Conversation(target, { table: 'items', where: 'owner_id=3', replica: 'full' });
    expectExchange('23_replica_full_init', await full.ask());
    await full.ask();
    const poll = full.ask({ live: 'true' });
    await target.sql.begin(async (transaction) => {
      await transaction`UPDATE items SET title = 'full upd' WHERE id = 13`;
      await transaction`UPDATE items SET owner_id = 4 WHERE id = 23`;
      await transaction`UPDATE items SET owner_id = 3 WHERE id = 24`;
      await transaction`DELETE FROM items WHERE id = 33`;
    });
    expectExchange('24_replica_full_live', await poll);
  });

  test('30-32, 40-44, 50: changes only, subsets, and from now on', async () => {
    const changes = new Conversation(target, { table: 'items', log: 'changes_only' });
    expectExchange('30_changes_only', await changes.ask());
    expectExchange('30b', await changes.ask());
    const poll = changes.ask({ live: 'true' });
    await target.sql`UPDATE items SET title = 'co upd' WHERE id = 44`;
    expectExchange('31_changes_only_live', await poll);
    expectExchange('32_changes_only_now', await changes.request({ offset: 'now' }));
    await items.follow();
    expectExchange('50_offset_now', await items.request({ offset: 'now' }));

    const wanted = { subset__where: 'owner_id=$1 and id>$2', subset__params: '{"1":"5","2":"5"}', subset__limit: '2' };
    expectExchange('40_subset_get', await changes.ask({ ...wanted, subset__order_by: 'id' }));
    const body = JSON.stringify({ where: 'owner_id=$1', params: { 1: '5' }, limit: 2, order_by: 'id DESC' });
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    expectExchange('41_subset_post', await changes.ask({}, post));
    expectExchange('42_subset_limit_no_order', await changes.request({ offset: '-1', subset__limit: '2' }));
    const first = { offset: '-1', subset__limit: '2', subset__order_by: 'id' };
    expectExchange('43_subset_offset_m1', await items.request(first));
    const unknown = { offset: changes.offset, handle: '123-456', subset__where: 'id=1' };
    expectExchange('44_subset_bad_handle', await changes.request(unknown));
  });

  test('53-55: OPTIONS, DELETE, health', async () => {
    const preflight = await items.request({}, { method: 'OPTIONS' });
    expectExchange('53_options', preflight);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, POST, HEAD, DELETE, OPTIONS');
    expect(preflight.headers.get('access-control-max-age')).toBe('86400');
    const asking = { 'access-control-request-headers': 'if-none-match' };
    const asked = await items.request({}, { method: 'OPTIONS', headers: asking });
    expect(asked.headers.get('access-control-allow-headers')).toBe('if-none-match');
    expectExchange('54_delete_not_enabled', await items.request({}, { method: 'DELETE' }));
    const health = await fetch(new URL('/v1/health', target.url));
    expectExchange('55_health', { status: health.status, headers: health.headers, body: await health.text() });
  });

  test('60: a where with a subquery, which the engine deliberately rejects', async () => {
    const where = 'id IN (SELECT id FROM items WHERE owner_id = 3)';
    const answer = await items.request({ offset: '-1', where });
    if (target.name === 'electric') expect(answer.status).toBe(200);
    else {
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ errors: { where: [expect.stringContaining('subquer')] } });
    }
  });

  test('61, 62: TRUNCATE during a live poll, and the request after it', async () => {
    await target.create('TABLE truncated', '(id int PRIMARY KEY)');
    const truncated = new Conversation(target, { table: 'truncated' });
    await truncated.catchUp();
    const { handle } = truncated;
    const poll = truncated.ask({ live: 'true' });
    await target.sql`TRUNCATE truncated`;
    expectExchange('61_live_truncate', await poll);
    const after = await truncated.request({ offset: '0_inf', handle });
    expectExchange('62_after_truncate', after);
    expect(after.headers.get('electric-handle')).not.toBe(handle);
  });
});

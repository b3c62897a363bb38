/** Accepted requests, and the answers to invalid ones. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ContractTarget, targets } from './contract-target.ts';
import { Conversation, changesOf } from './conversation.ts';

describe.each(targets)('requests: $name', ({ start }) => {
  let target: ContractTarget;
  let shape: Conversation;
  beforeAll(async () => {
    target = await start();
    await target.create('TABLE "Things"', '(id int PRIMARY KEY, title text)');
    await target.sql`INSERT INTO "Things" VALUES (1, 'one')`;
    shape = new Conversation(target, { table: '"Things"' });
    await shape.catchUp();
  });
  afterAll(async () => {
    await target[Symbol.asyncDispose]();
  });

  test.each<[string, Record<string, string>, Record<string, unknown>]>([
    ['an offset in words', { offset: 'soon' }, { offset: ['has invalid format'] }],
    ['an offset of three parts', { offset: '1_2_3' }, { offset: ['has invalid format'] }],
    ['an offset of one part', { offset: '10' }, { offset: ['has invalid format'] }],
    ['live from the beginning', { offset: '-1', live: 'true' }, { live: ["can't be true when offset == -1"] }],
    ['live from now', { offset: 'now', live: 'true' }, { live: ["can't be true when offset is 'now'"] }],
    [
      'events without live',
      { offset: '-1', live_sse: 'true' },
      { live_sse: ["can't be true unless live is also true"] },
    ],
    ['an unknown replica', { offset: '-1', replica: 'half' }, { replica: ['is invalid'] }],
    ['an unknown log', { offset: '-1', log: 'half' }, { log: ['is invalid'] }],
    ['an unquoted table', { offset: '-1', table: 'Things' }, { table: [expect.stringContaining('you must quote it')] }],
    ['half a where', { offset: '-1', where: 'id =' }, { where: ['At location 19: syntax error at end of input'] }],
    ['an invalid where', { offset: '-1', where: '1 x 1' }, { where: ['At location 17: syntax error at or near "x"'] }],
    [
      'live from the beginning, by any value',
      { offset: '-1', live: '1' },
      { live: ["can't be true when offset == -1"] },
    ],
    ['a blank offset', { offset: ' ' }, { offset: ["can't be blank"] }],
    ['a blank table', { offset: '-1', table: '' }, { table: ["can't be blank"] }],
    ['a blank handle', { offset: '0_0', handle: '' }, { handle: ["can't be blank when offset != -1"] }],
    [
      'params that skip a number',
      { offset: '-1', where: 'id = $2', 'params[2]': '1' },
      { params: ['Parameters must be numbered sequentially, starting from 1'] },
    ],
    [
      'params that are not numbers',
      { offset: '-1', where: 'id = $1', 'params[one]': '1' },
      { params: ['Parameters can only use numbers as keys'] },
    ],
    [
      'queryable columns without the key',
      { offset: '-1', queryable_columns: 'title' },
      { queryable_columns: ['The list of queryable columns must include all primary key columns, missing: id'] },
    ],
    [
      'queryable columns that do not exist',
      { offset: '-1', queryable_columns: 'id,nope' },
      { queryable_columns: ['The following queryable columns are not found on the table: nope'] },
    ],
    [
      'a column that may not be queried',
      { offset: '-1', columns: 'id,title', queryable_columns: 'id' },
      { columns: ['The following columns are not found on the table: title'] },
    ],
    [
      'a subset of a column that may not be queried',
      { offset: '-1', queryable_columns: 'id', subset__where: 'title IS NULL' },
      { subset: { where: ['At location 0: unknown reference title'] } },
    ],
    ['two statements', { offset: '-1', where: '1=1; DROP TABLE "Things"' }, { where: [expect.any(String)] }],
    ['a where that is not boolean', { offset: '-1', where: 'id' }, { where: [expect.any(String)] }],
    ['a wrong constant', { offset: '-1', where: "id = 'one'" }, { where: [expect.any(String)] }],
  ])('400 for %s', async (_, parameters, errors) => {
    const answer = await shape.request(parameters);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([400, { message: 'Invalid request', errors }]);
  });

  test('rejects an offset past the end, at once or after a while', { timeout: 30_000 }, async () => {
    const [lsn = '0'] = shape.offset.split('_');
    const past = { handle: shape.handle, offset: `${BigInt(lsn) + 2n ** 40n}_0` };
    const answer = await shape.request(past);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      400,
      { message: 'Invalid request', errors: { offset: ['out of bounds for this shape'] } },
    ]);
  });

  test('ignores unknown parameters and those meant for caches', async () => {
    const odd = { offset: '-1', utm_source: 'x', 'cache-buster': '1', expired_handle: '5-6' };
    const answer = await shape.request(odd);
    expect(answer.headers.get('electric-handle')).toBe(shape.handle);
  });

  test('treats blank parameters as absent, and queryable columns as the default columns', async () => {
    const blank = { offset: '-1', where: '', columns: ' ', replica: '', log: '', live: 'false', handle: '' };
    expect((await shape.request(blank)).headers.get('electric-handle')).toBe(shape.handle);
    const narrow = await shape.request({ offset: '-1', queryable_columns: 'id' });
    expect(Object.keys(changesOf(narrow)[0]?.value ?? {})).toEqual(['id']);
  });

  test('accepts an array of thousands in a subset’s where', async () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => index);
    const body = JSON.stringify({ where: 'id = ANY($1)', params: { 1: `{${ids.join(',')}}` } });
    const answer = await shape.request({ offset: '-1' }, { method: 'POST', body });
    const { data } = JSON.parse(answer.body) as { data: { value: unknown }[] };
    expect(data.map(({ value }) => value)).toMatchObject([{ id: '1' }]);
  });

  test('accepts a POST’s subset within `subset`', async () => {
    const ask = async (subset: unknown) => {
      const answer = await shape.request({ offset: '-1' }, { method: 'POST', body: JSON.stringify(subset) });
      return (JSON.parse(answer.body) as { data: unknown[] }).data.length;
    };
    const subset = { where: 'id = $1', params: { 1: '2' } };
    expect([await ask(subset), await ask({ subset })]).toEqual([0, 0]);
    expect(await ask({ subset: { where: 'id = 1' } })).toBe(1);
  });

  test('rejects a URL that is not UTF-8, and ignores redundant slashes', async () => {
    const url = new URL(target.url);
    const search = new URLSearchParams({ ...target.credentials, table: '"Things"', offset: '-1' });
    expect((await fetch(`${url}?${search}&where=title%20=%20%27%FF%27`)).status).toBe(400);
    for (const path of ['/v1/shape/', '/v1//shape']) {
      const answer = await fetch(`${url.origin}${path}?${search}`);
      expect([answer.status, answer.headers.get('electric-handle')]).toEqual([200, shape.handle]);
    }
  });

  test('permanently rejects a table that no publication can contain', async () => {
    await target.create('UNLOGGED TABLE', 'forgetful (id int PRIMARY KEY)', 'TABLE forgetful');
    for (const table of ['forgetful', 'pg_catalog.pg_class', 'information_schema.sql_features']) {
      const answer = await shape.request({ table, offset: '-1' });
      // Electric answers 500, and serves tables of `information_schema` whose changes it never receives.
      if (target.name === 'engine') expect([answer.status, answer.headers.get('retry-after')]).toEqual([400, null]);
    }
  });

  test('shares a shape among equal definitions only', async () => {
    const handle = async (parameters: Record<string, string>) =>
      (await shape.request({ offset: '-1', ...parameters })).headers.get('electric-handle');
    expect(await handle({ columns: '"title",id' })).toBe(await handle({ columns: 'id,title' }));
    const others = [{}, { columns: 'id' }, { where: 'id = 1' }, { replica: 'full' }, { log: 'changes_only' }];
    const handles = await Promise.all(others.map((parameters) => handle(parameters)));
    expect(new Set(handles).size).toBe(others.length);
  });

  test('redirects handles of another shape or no shape to this one', async () => {
    const other = await shape.request({ offset: '-1', where: 'id = 1' });
    for (const handle of [other.headers.get('electric-handle') ?? '', '999-1']) {
      const answer = await shape.request({ offset: '0_0', handle });
      expect([answer.status, answer.headers.get('electric-handle')]).toEqual([409, shape.handle]);
    }
    // From the beginning, the handle does not matter.
    const first = await shape.request({ offset: '-1', handle: '999-1' });
    expect([first.status, first.headers.get('electric-handle')]).toEqual([200, shape.handle]);
  });

  test('gives each part of a log its own ETag, and answers 304 to a reader that holds it', async () => {
    const reader = new Conversation(target, { table: '"Things"' });
    await target.sql`UPDATE "Things" SET title = title || '!'`;
    await shape.follow();
    const seen = new Set<string>();
    for (let upToDate = false; !upToDate; ) {
      const { offset, handle } = reader;
      const from = { offset, ...(handle && { handle }) };
      const answer = await reader.ask();
      upToDate = answer.headers.has('electric-up-to-date');
      const etag = answer.headers.get('etag') ?? '';
      seen.add(etag);
      for (const known of [etag, `"other", ${etag}`]) {
        const again = await reader.request(from, { headers: { 'if-none-match': known } });
        expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', etag]);
      }
      const changed = await reader.request(from, { headers: { 'if-none-match': '"other"' } });
      expect([changed.status, changesOf(changed)]).toEqual([200, changesOf(answer)]);
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  test('may encode an answer as its reader allows, with the same content and a recognized ETag', async () => {
    await target.create('TABLE lengthy', '(id int PRIMARY KEY, note text)');
    await target.sql`INSERT INTO lengthy SELECT i, repeat('long ', 50) FROM generate_series(1, 100) AS i`;
    const long = { table: 'lengthy', offset: '-1' };
    const plain = await shape.request(long);
    for (const encoding of ['gzip', 'gzip, deflate, br, zstd']) {
      const encoded = await shape.request(long, { headers: { 'accept-encoding': encoding } });
      expect(encoded.body).toBe(plain.body);
      const known = { 'accept-encoding': encoding, 'if-none-match': encoded.headers.get('etag') ?? '' };
      expect((await shape.request(long, { headers: known })).status).toBe(304);
    }
  });

  test('answers HEAD with the headers of a GET, without the body', async () => {
    const parameters = { offset: '0_0', handle: shape.handle };
    const get = await shape.request(parameters);
    const head = await shape.request(parameters, { method: 'HEAD' });
    const own = /^(date|content-length|transfer-encoding|connection|keep-alive|x-request-id|cache-control|vary)$/;
    const headersOf = (headers: Headers) => [...headers].filter(([name]) => !own.test(name));
    expect([head.status, head.body, headersOf(head.headers)]).toEqual([200, '', headersOf(get.headers)]);
  });

  test('sets electric-cursor to the present interval, and never to the one that was sent', {
    timeout: 60_000,
  }, async () => {
    const live = async (cursor: string) => {
      const poll = shape.ask({ live: 'true', cursor });
      await target.sql`UPDATE "Things" SET title = title || '!'`;
      return Number((await poll).headers.get('electric-cursor'));
    };
    const seconds = (Date.now() - Date.UTC(2024, 9, 9)) / 1000;
    const first = await live('');
    expect(first).toBeGreaterThanOrEqual(Math.floor(seconds));
    expect(first - seconds).toBeLessThanOrEqual(target.longPollMs / 1000 + 10);
    const second = await live(String(first));
    expect(second).toBeGreaterThan(first);
    expect(await live(String(second))).toBeGreaterThan(second);
  });

  test('skips existing rows with offset=now, and follows from there', async () => {
    const late = new Conversation(target, { table: '"Things"' });
    const answer = await late.ask({ offset: 'now' });
    expect([changesOf(answer), answer.headers.get('electric-has-data')]).toEqual([[], 'false']);
    await target.sql`UPDATE "Things" SET title = 'new'`;
    expect((await late.follow()).map(({ value }) => value)).toEqual([{ id: '1', title: 'new' }]);
    await shape.follow();
  });
});

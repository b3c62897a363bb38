/** The engine's answers held against those that were recorded from Electric 1.7.12. */
import { readFile } from 'node:fs/promises';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShapeSource } from '../shape-source.ts';
import { createEmbeddedElectric } from './embedded-electric.ts';
import { engineApp } from './engine-app.ts';

const FILE = new URL('../../../../shared/electric-wire/electric-1.7.12.txt', import.meta.url);
const recorded = await readFile(FILE, 'utf8').then(parseExchanges, () => null);

interface Exchange {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it is whole JSON; a body cut in the middle has its two ends. */
  readonly body: string;
}

function parseExchanges(text: string): Map<string, Exchange> {
  const exchanges = new Map<string, Exchange>();
  for (const block of text.split(/^## /m).slice(1)) {
    const [title = '', first = '', ...lines] = block.split('\n');
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(first)?.[1]);
    if (!status) continue;
    const end = lines.findIndex((line) => !/^[a-z-]+:( |$)/.test(line));
    const headers = lines.slice(0, end).map((line) => [line.split(':', 1)[0] ?? '', line.replace(/^[^:]+: ?/, '')]);
    // What follows is of the recording's own tools: a second set of headers, a notice.
    const own = lines.findIndex((line, index) => index >= end && /^(HTTP\/|NOTICE:)/.test(line));
    const body = lines
      .slice(end, own < 0 ? undefined : own)
      .join('\n')
      .trim();
    exchanges.set(title.split(' ', 1)[0] ?? '', { status, headers: Object.fromEntries(headers), body });
  }
  return exchanges;
}

/** Of the connection, the software, or the machine: not of the protocol. */
const OWN_HEADERS =
  /^(transfer-encoding|content-length|connection|electric-server|date|x-request-id|vary|access-control-.*)$/;

function normal(text: string): string {
  return text
    .replaceAll(/\d{5,9}-\d{16}/g, '<handle>')
    .replaceAll(/\b\d{6,}_(\d+)\b/g, '<lsn>_$1')
    .replaceAll(/:-?\d{9,}"$/g, ':<moment>"')
    .replaceAll(/"(lsn|global_last_seen_lsn|xmin|xmax)":"\d+"/g, '"$1":"<$1>"')
    .replaceAll(/"txids":\[\d+\]/g, '"txids":[<xid>]')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00/g, '<time>');
}

function normalHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !OWN_HEADERS.test(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, name === 'electric-cursor' ? '<cursor>' : normal(value)]),
  );
}

describe.skipIf(recorded === null)('recorded exchanges (shared/electric-wire beside the checkout)', () => {
  let database: TestDatabase;
  let source: ShapeSource;
  let app: Hono;
  let last: Response;

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    const { sql } = database;
    await sql`CREATE TABLE items (id int PRIMARY KEY, title text NOT NULL, owner_id int, done bool,
      price numeric(10, 2), tags text[], meta jsonb, created_at timestamptz)`;
    await sql`INSERT INTO items
      SELECT i, 'item ' || i, i % 10, i % 2 = 0, i * 1.5, ARRAY['a', 'b' || i], jsonb_build_object('n', i),
        '2026-11-22 06:29:13.658146+00'
      FROM generate_series(1, 1000) AS i`;
    await sql`CREATE TABLE trunc_t (id int PRIMARY KEY)`;
    source = createEmbeddedElectric({ databaseUrl: database.url, limits: { longPollMs: 3000 } });
    app = engineApp(source);
  });
  afterAll(async () => {
    await source.close();
    await database[Symbol.asyncDispose]();
  });

  async function ask(parameters: Record<string, string>, init?: RequestInit): Promise<Response> {
    last = await app.request(`/v1/shape?${new URLSearchParams(parameters)}`, init);
    return last;
  }

  /** Where the last answer left its reader. */
  function onwards(): Record<string, string> {
    return {
      handle: last.headers.get('electric-handle') ?? '',
      offset: last.headers.get('electric-offset') ?? '',
    };
  }

  async function expectRecorded(name: string, answer: Response): Promise<void> {
    const exchange = recorded?.get(name);
    if (!exchange) throw new Error(`There is no exchange ${name}.`);
    expect(answer.status).toBe(exchange.status);
    expect(normalHeaders(Object.fromEntries(answer.headers))).toEqual(normalHeaders(exchange.headers));
    const body = normal(await answer.text());
    const [head = '', tail] = normal(exchange.body).split('\n...tail:\n');
    if (tail === undefined) expect(body).toBe(head);
    else {
      // Each end up to its last whole message: the cut may lie within a value.
      expect(body.startsWith(head.slice(0, head.lastIndexOf('}},{')))).toBe(true);
      expect(body.endsWith(tail.slice(tail.indexOf('}},{')))).toBe(true);
    }
  }

  test('a shape from its beginning to its live end', async () => {
    const { sql } = database;
    await expectRecorded('01_initial', await ask({ table: 'items', offset: '-1' }));
    const etag = last.headers.get('etag') ?? '';
    await expectRecorded('02_continuation', await ask({ table: 'items', ...onwards() }));
    await expectRecorded('03_uptodate', await ask({ table: 'items', ...onwards() }));

    let poll = ask({ table: 'items', ...onwards(), live: 'true' });
    await sql`INSERT INTO items VALUES (5000, 'live one', 3, false, NULL, NULL, NULL, now())`;
    await expectRecorded('04_live_insert', await poll);
    poll = ask({ table: 'items', ...onwards(), live: 'true' });
    await sql.begin(async (transaction) => {
      await transaction`UPDATE items SET title = 'renamed', done = true WHERE id = 5000`;
      await transaction`DELETE FROM items WHERE id = 7`;
    });
    await expectRecorded('05_live_upd_del', await poll);
    await expectRecorded('06_live_timeout', await ask({ table: 'items', ...onwards(), live: 'true' }));
    await expectRecorded('52_head', await ask({ table: 'items', offset: '-1' }, { method: 'HEAD' }));
    const known = { headers: { 'if-none-match': etag } };
    await expectRecorded('51_etag_304', await ask({ table: 'items', offset: '-1' }, known));
    await expectRecorded('08_409_bad_handle', await ask({ table: 'items', offset: '0_0', handle: '123-456' }));
  });

  test.each([
    ['09_400_bad_column', { table: 'items', offset: '-1', columns: 'id,nope' }],
    ['10_400_no_pk', { table: 'items', offset: '-1', columns: 'title' }],
    ['11_400_no_table', { table: 'nope', offset: '-1' }],
    ['12_400_bad_where', { table: 'items', offset: '-1', where: 'nope=1' }],
    ['13_400_offset_no_handle', { table: 'items', offset: '0_0' }],
    ['14_400_missing_offset', { table: 'items' }],
    ['22_where_params_missing', { table: 'items', offset: '-1', where: 'owner_id=$1 and id<$2' }],
  ])('%s', async (name, parameters) => {
    await expectRecorded(name, await ask(parameters));
  });

  test('offset=now, columns and replica=full', async () => {
    const { sql } = database;
    await ask({ table: 'items', offset: 'now' });
    const poll = ask({ table: 'items', ...onwards(), live: 'true' });
    await sql`INSERT INTO items VALUES (5001, 'sse one', 4, false, NULL, NULL, NULL, now())`;
    await poll;
    await expectRecorded('50_offset_now', await ask({ table: 'items', offset: 'now' }));
    await expectRecorded('20_columns', await ask({ table: 'items', offset: '-1', columns: 'id,title' }));

    const full = { table: 'items', where: 'owner_id=3', replica: 'full' };
    await expectRecorded('23_replica_full_init', await ask({ ...full, offset: '-1' }));
    await ask({ ...full, ...onwards() });
    const change = ask({ ...full, ...onwards(), live: 'true' });
    await sql.begin(async (transaction) => {
      await transaction`UPDATE items SET title = 'full upd' WHERE id = 13`;
      await transaction`UPDATE items SET owner_id = 4 WHERE id = 23`;
      await transaction`UPDATE items SET owner_id = 3 WHERE id = 24`;
      await transaction`DELETE FROM items WHERE id = 33`;
    });
    await expectRecorded('24_replica_full_live', await change);
  });

  test('OPTIONS, DELETE, and health', async () => {
    await expectRecorded('53_options', await ask({ table: 'items' }, { method: 'OPTIONS' }));
    expect(last.headers.get('access-control-expose-headers')).toContain('electric-offset,electric-schema');
    await expectRecorded('54_delete_not_enabled', await ask({ table: 'items' }, { method: 'DELETE' }));
    await expectRecorded('55_health', await app.request('/v1/health'));
  });

  test('TRUNCATE during a live poll, and the request after it', async () => {
    await ask({ table: 'trunc_t', offset: '-1' });
    const { handle = '' } = onwards();
    await ask({ table: 'trunc_t', ...onwards() });
    const poll = ask({ table: 'trunc_t', ...onwards(), live: 'true' });
    await database.sql`TRUNCATE trunc_t`;
    await expectRecorded('61_live_truncate', await poll);
    await expectRecorded('62_after_truncate', await ask({ table: 'trunc_t', offset: '0_inf', handle }));
    expect(last.headers.get('electric-handle')).not.toBe(handle);
  });
});

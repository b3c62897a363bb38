/**
 * Answers of Electric 1.7.12 in normal form: facts of the protocol, recorded over a table `items` of 1,000 rows. Where the
 * recording is available, it must agree; engines are compared against this file.
 */
import { type NormalAnswer, sortedJson } from './normal-form.ts';

export const ITEMS_COLUMNS = `(id int PRIMARY KEY, title text NOT NULL, owner_id int, done bool, price numeric(10, 2),
  tags text[], meta jsonb, created_at timestamptz)`;
export const INSERT_ITEMS = `
  INSERT INTO items
  SELECT i, 'item ' || i, i % 10, i % 2 = 0, i * 1.5, ARRAY['a', 'b' || i], jsonb_build_object('n', i),
    '2026-11-22 06:29:13.658146+00'
  FROM generate_series(1, 1000) AS i`;

const SCHEMA = sortedJson(
  '{"created_at":{"type":"timestamptz"},"done":{"type":"bool"},"id":{"type":"int4","not_null":true,"pk_index":0},' +
    '"meta":{"type":"jsonb"},"owner_id":{"type":"int4"},"price":{"type":"numeric","precision":10,"scale":2},' +
    '"tags":{"type":"text","dims":1},"title":{"type":"text","not_null":true}}',
);
const SCHEMA_OF_TWO = sortedJson(
  '{"id":{"type":"int4","not_null":true,"pk_index":0},"title":{"type":"text","not_null":true}}',
);

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const INITIAL = 'public, max-age=604800, s-maxage=3600, stale-while-revalidate=2629746';
const CATCH_UP = 'public, max-age=60, stale-while-revalidate=300';
const LIVE = 'public, max-age=5, stale-while-revalidate=5';

const UP_TO_DATE = '{"headers":{"control":"up-to-date","global_last_seen_lsn":"<lsn>"}}';
const BOUNDS = '"xip_list":"<bounds>","xmax":"<bounds>","xmin":"<bounds>"';
const SNAPSHOT_END = `{"headers":{"control":"snapshot-end",${BOUNDS}}}`;
const MUST_REFETCH = '{"headers":{"control":"must-refetch"}}';

type Row = Readonly<Record<string, string | null>>;

/** A row in the snapshot's form: booleans as words, where the log has `t` and `f`. */
function item(id: number): Row {
  return {
    created_at: '2026-11-22 06:29:13.658146+00',
    done: String(id % 2 === 0),
    id: String(id),
    meta: `{"n": ${id}}`,
    owner_id: String(id % 10),
    price: (id * 1.5).toFixed(2),
    tags: `{a,b${id}}`,
    title: `item ${id}`,
  };
}
const nothing = { meta: null, price: null, tags: null };
const LIVE_ONE = { created_at: '2026-11-22 06:29:21.812636+00', id: '5000', owner_id: '3', ...nothing };
const SSE_ONE = { created_at: '2026-11-22 06:29:45.044685+00', id: '5001', owner_id: '4', ...nothing };
const sorted = (row: Row): Row => Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
const keyOf = (row: Row) => `\\"public\\".\\"items\\"/\\"${row['id']}\\"`;

function snapshotRow(row: Row, mark = ''): string {
  const headers = `{"relation":["public","items"],"operation":"insert"${mark}}`;
  return `{"key":"${keyOf(row)}","value":${JSON.stringify(sorted(row))},"headers":${headers}}`;
}

function change(operation: string, row: Row, position: number, options: { last?: boolean; old?: Row } = {}): string {
  const headers = `{${options.last ? '"last":true,' : ''}"relation":["public","items"],"operation":"${operation}","lsn":"<L1>","op_position":${position},"txids":"<xids>"}`;
  const old = options.old ? `,"old_value":${JSON.stringify(options.old)}` : '';
  return `{"value":${JSON.stringify(sorted(row))},"key":"${keyOf(row)}","headers":${headers}${old}}`;
}

/** A part of a log, between two offsets. */
function part(
  from: string,
  to: string,
  cache: string,
  body: readonly string[],
  extra: Readonly<Record<string, string>>,
): NormalAnswer {
  return {
    status: 200,
    headers: {
      ...JSON_TYPE,
      'cache-control': cache,
      'electric-handle': '<handle>',
      'electric-has-data': 'true',
      'electric-offset': to,
      etag: `"<handle>:${from}:${to}"`,
      ...extra,
    },
    body: body.map((message) => sortedJson(message)),
  };
}

function initial(rows: readonly Row[], schema = SCHEMA): NormalAnswer {
  const body = [...rows.map((row) => snapshotRow(row)), SNAPSHOT_END].map((text) => sortedJson(text)).toSorted();
  return part('-1', '0_0', INITIAL, body, { 'electric-schema': schema });
}

const upToDate = { 'electric-up-to-date': '' };

function caughtUp(from: string): NormalAnswer {
  return part(from, '0_inf', CATCH_UP, [UP_TO_DATE], { 'electric-schema': SCHEMA, ...upToDate });
}

function live(from: string, to: string, changes: readonly string[]): NormalAnswer {
  return part(from, to, LIVE, [...changes, UP_TO_DATE], { 'electric-cursor': '<cursor>', ...upToDate });
}

/** An answer without news, whose ETag depends on the moment. */
function quiet(from: string, cache: string, extra: Readonly<Record<string, string>>): NormalAnswer {
  const news = { etag: `"<handle>:${from}:<L1>_${from === 'now' ? 0 : 2}:<moment>"`, 'electric-has-data': 'false' };
  return part(from, from === 'now' ? '<L1>_0' : from, cache, [UP_TO_DATE], { ...upToDate, ...extra, ...news });
}

function subset(offset: string, ids: readonly number[]): NormalAnswer {
  const rows = ids.map((id) => snapshotRow(item(id), ',"snapshot_mark":"<mark>"')).join(',');
  return {
    status: 200,
    headers: {
      ...JSON_TYPE,
      'cache-control': 'no-cache',
      'electric-handle': '<handle>',
      'electric-offset': offset,
      'electric-schema': SCHEMA,
      'electric-snapshot': 'true',
    },
    body: [sortedJson(`{"metadata":{"snapshot_mark":"<mark>","database_lsn":"<lsn>",${BOUNDS}}, "data": [${rows}]}`)],
  };
}

function invalid(errors: unknown): NormalAnswer {
  return {
    status: 400,
    headers: { ...JSON_TYPE, 'cache-control': 'no-store', 'surrogate-control': 'no-store' },
    body: [sortedJson(JSON.stringify({ message: 'Invalid request', errors }))],
  };
}

function gone(handle: boolean): NormalAnswer {
  return {
    status: 409,
    headers: {
      ...JSON_TYPE,
      'cache-control': `public, max-age=${handle ? 60 : 1}, must-revalidate`,
      ...(handle ? { 'electric-handle': '<handle>', etag: '"<handle>::"' } : {}),
    },
    body: [MUST_REFETCH],
  };
}

function other(status: number, cache: string | null, body: string): NormalAnswer {
  const headers = cache === null ? {} : { ...JSON_TYPE, 'cache-control': cache };
  return { status, headers, body: body === '' ? [] : [body] };
}

const ids = Array.from({ length: 1000 }, (_, index) => index + 1);
const afterLive = [...ids.filter((id) => id !== 7).map(item), { ...LIVE_ONE, done: 'true', title: 'renamed' }];
const withSse = [...afterLive, { ...SSE_ONE, done: 'false', title: 'sse one' }];
const logged = (id: number): Row => ({ ...item(id), done: id % 2 === 0 ? 't' : 'f', owner_id: '3' });

export const expectedExchanges: Readonly<Record<string, NormalAnswer>> = {
  '01_initial': initial(ids.map(item)),
  '02_continuation': caughtUp('0_0'),
  '03_uptodate': caughtUp('0_inf'),
  '04_live_insert': live('0_inf', '<L1>_0', [
    change('insert', { ...LIVE_ONE, done: 'f', title: 'live one' }, 0, { last: true }),
  ]),
  '05_live_upd_del': live('<L2>_0', '<L1>_2', [
    change('update', { id: '5000', done: 't', title: 'renamed' }, 0),
    change('delete', { id: '7' }, 2, { last: true }),
  ]),
  '06_live_timeout': quiet('<L1>_2', LIVE, { 'electric-cursor': '<cursor>' }),
  // The headers are sent before there is news.
  '07_sse': part(
    '<L1>_2',
    '<L1>_2',
    'public, max-age=59',
    [
      change('insert', { ...SSE_ONE, done: 'f', title: 'sse one' }, 0, { last: true }).replace('<L1>', '<L2>'),
      UP_TO_DATE,
    ],
    { 'content-type': 'text/event-stream', 'electric-cursor': '<cursor>', ...upToDate },
  ),
  '08_409_bad_handle': gone(true),
  '09_400_bad_column': invalid({ columns: ['The following columns are not found on the table: nope'] }),
  '10_400_no_pk': invalid({ columns: ['The list of columns must include all primary key columns, missing: id'] }),
  '11_400_no_table': invalid({
    table: [
      'Table "public"."nope" does not exist. If the table name contains capitals or special characters you must quote it.',
    ],
  }),
  '12_400_bad_where': invalid({ where: ['At location 0: unknown reference nope'] }),
  '13_400_offset_no_handle': invalid({ handle: ["can't be blank when offset != -1"] }),
  '14_400_missing_offset': invalid({ offset: ["can't be blank"] }),
  '20_columns': initial(
    withSse.map(({ id = null, title = null }) => ({ id, title })),
    SCHEMA_OF_TWO,
  ),
  '21_where_params': initial([3, 13, 23].map(item)),
  '22_where_params_missing': invalid({ where: ['At location 9: parameter $1 was not provided'] }),
  '23_replica_full_init': initial(withSse.filter((row) => row['owner_id'] === '3')),
  '24_replica_full_live': live('0_inf', '<L1>_6', [
    change('update', { ...logged(13), title: 'full upd' }, 0, { old: { title: 'item 13' } }),
    change('delete', logged(23), 2),
    change('insert', logged(24), 4),
    change('delete', logged(33), 6, { last: true }),
  ]),
  '30_changes_only': initial([]),
  '30b': caughtUp('0_0'),
  '31_changes_only_live': live('0_inf', '<L1>_0', [change('update', { id: '44', title: 'co upd' }, 0, { last: true })]),
  '32_changes_only_now': quiet('now', CATCH_UP, { 'electric-schema': SCHEMA }),
  '40_subset_get': subset('<L1>_0', [15, 25]),
  '41_subset_post': subset('<L1>_0', [995, 985]),
  '42_subset_limit_no_order': invalid({
    subset: { order_by: ['order_by is required when limit or offset is present'] },
  }),
  '43_subset_offset_m1': subset('0_0', [1, 2]),
  '44_subset_bad_handle': gone(true),
  '50_offset_now': quiet('now', CATCH_UP, { 'electric-schema': SCHEMA }),
  '51_etag_304': { ...part('-1', '0_0', INITIAL, [], {}), status: 304 },
  '52_head': part('-1', '0_0', INITIAL, [], { 'electric-schema': SCHEMA }),
  '53_options': other(204, null, ''),
  '54_delete_not_enabled': other(405, 'no-cache', '{"message":"DELETE not allowed"}'),
  '55_health': other(200, 'no-cache, no-store, must-revalidate', '{"status":"active"}'),
  '61_live_truncate': gone(false),
  '62_after_truncate': gone(true),
};

import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../postgres/connection.ts';
import { loadTables, type TableColumn } from '../postgres/table.ts';
import { canonicaliseWith } from './canonicalise.ts';
import { compileWhere } from './compile-where.ts';
import { parseOrderBy } from './parse-order-by.ts';
import { parseWhere } from './parse-where.ts';
import { WhereError } from './where-error.ts';
import { whereSql } from './where-sql.ts';

let database: TestDatabase;
let sql: Sql;
let columns: readonly TableColumn[];

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  sql = connect(database.url, { max: 1 });
  await sql.unsafe(`CREATE TYPE mood AS ENUM ('sad', 'ok')`);
  await sql.unsafe(`CREATE DOMAIN email AS text`);
  await sql.unsafe(`CREATE TABLE items (
    id int PRIMARY KEY, owner_id int, project_id uuid, title text, "Odd ""one""" text, done bool, price numeric,
    weight float8, made timestamptz, mood mood, address email, meta json, tags text[],
    twice int GENERATED ALWAYS AS (id * 2) STORED
  )`);
  const [table] = await loadTables(sql, 'none', [{ schema: 'public', name: 'items' }]);
  columns = table?.columns ?? [];
});
afterAll(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

function parse(where: string, ...params: string[]) {
  const byNumber = new Map(params.map((text, index) => [index + 1, text]));
  return parseWhere(where, { columns, params: byNumber, canonicalise: canonicaliseWith(sql) });
}

test('parseWhere: produces equal trees for equal wheres, however they are written', async () => {
  const id = '0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
  const trees = await Promise.all([
    parse(`project_id = '${id}'`),
    parse(`("project_id") = '{${id.toUpperCase()}}'::uuid -- of the project`),
    parse('$1 = PROJECT_ID', id.replaceAll('-', '')),
  ]);
  expect(trees).toEqual(trees.map(() => trees[0]));
  expect(trees[0]).toEqual({
    kind: 'compare',
    operator: '=',
    left: { column: 'project_id', type: 'uuid' },
    right: { constant: id, type: 'uuid' },
  });
});

test('parseWhere: keeps any text of a request as text in the SQL', async () => {
  const hostile = `'; DROP TABLE items; -- \\' \\`;
  const [row] = await sql.unsafe(`INSERT INTO items (id, "Odd ""one""") VALUES (1, $1) RETURNING id`, [hostile]);
  const where = whereSql(await parse(`"Odd ""one""" = $1 AND "Odd ""one""" LIKE '%''; DROP%\\\\'`, hostile));
  expect([...(await sql.unsafe(`SELECT id FROM items WHERE ${where}`))]).toEqual([row]);
  for (const value of ['on', 'off']) {
    await sql.unsafe(`SET standard_conforming_strings = ${value}; SET escape_string_warning = off`);
    expect([...(await sql.unsafe(`SELECT id FROM items WHERE ${where}`))]).toEqual([row]);
  }
});

test('parseWhere: resolves hundreds of constants in one query', async () => {
  const ids = Array.from({ length: 400 }, (_, index) => index);
  const queries: unknown[] = [];
  const context = {
    columns,
    params: new Map([[1, `{${ids.join(',')}}`]]),
    canonicalise: (constants: readonly { type: string; text: string }[]) => {
      queries.push(constants.length);
      return canonicaliseWith(sql)(constants);
    },
  };
  const listed = await parseWhere(`id IN (${ids.join(', ')})`, context);
  expect(await parseWhere('id = ANY($1)', context)).toEqual(listed);
  expect(queries).toEqual([400, 400]);
  const holds = compileWhere(listed, () => 0);
  expect(['399', '400', null].map((value) => holds({ value: () => value }))).toEqual([true, false, false]);
});

test('parseWhere: accepts an array of thousands of any type, at a constant cost per row', async () => {
  const numbers = Array.from({ length: 50_000 }, (_, index) => index);
  const listed = [
    await parse('id = ANY($1)', `{${numbers.join(',')}}`),
    await parse('price = ANY($1)', `{${numbers.map((number) => `${number}.50`).join(',')}}`),
  ] as const;
  const [ids, prices] = listed.map((where) => compileWhere(where, () => 0));
  expect(['49999', '50000', null].map((value) => ids?.({ value: () => value }))).toEqual([true, false, false]);
  expect(['49999.5', '49999.500', '49999', 'NaN'].map((value) => prices?.({ value: () => value }))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  const tooMany = `{${'1,'.repeat(100_000)}1}`;
  await expect(parse('id = ANY($1)', tooMany)).rejects.toThrow(
    new WhereError('At location 9: an array in a where has at most 100000 elements'),
  );
});

// As in Electric, locations of syntax errors are counted from the beginning of `SELECT 1 WHERE `.
test.each([
  ['nope = 1', 'At location 0: unknown reference nope'],
  ['owner_id=$1 and id<$2', 'At location 9: parameter $1 was not provided'],
  [`title = 'é' AND nope`, 'At location 16: unknown reference nope'],
  ['items.id = 1', 'At location 0: unknown reference items.id'],
  ['"ID" = 1', 'At location 0: unknown reference ID'],
  ['', 'At location 15: syntax error at end of input'],
  ['id = 1 AND', 'At location 25: syntax error at end of input'],
  ['id = = 1', 'At location 20: syntax error at or near "="'],
  [`title = 'x`, `At location 23: unterminated quoted string at or near "'x"`],
  ['id = 1; DROP TABLE items', 'At location 21: syntax error at or near ";"'],
  ['1=1 UNION SELECT 2', 'At location 19: syntax error at or near "UNION"'],
  ['id = 1 ORDER BY id', 'At location 22: syntax error at or near "ORDER"'],
  ['id = 1)', 'At location 21: syntax error at or near ")"'],
  ['id = 1) OR (id = 2', 'At location 21: syntax error at or near ")"'],
  ['1=1) UNION SELECT (2', 'At location 18: syntax error at or near ")"'],
  ['SELECT 1', 'At location 0: a subquery is not supported as a condition'],
  ['id IN (SELECT 1)', 'At location 3: a subquery is not supported as a condition'],
  ['made > now()', 'At location 7: function now() is not supported here, only columns and constants are compared'],
  [
    'made > LOCALTIMESTAMP(3)',
    'At location 7: LOCALTIMESTAMP is not supported here, only columns and constants are compared',
  ],
  [`made > 'Today'`, `At location 7: 'Today' changes with time, which is not supported in a where`],
  [`made > '2020-13-01'`, 'At location 7: date/time field value out of range: "2020-13-01"'],
  ['id + 1 = 2', 'At location 3: operator + is not supported here, only columns and constants are compared'],
  ['title ~ $1', 'At location 6: operator ~ is not supported in a where'],
  [`title LIKE 'a!%' ESCAPE '!'`, 'At location 6: LIKE with ESCAPE is not supported in a where'],
  [`title LIKE 'a\\'`, 'At location 11: LIKE pattern must not end with escape character'],
  ['title LIKE title', 'At location 11: title is a column, only constants are supported here'],
  ['id LIKE $1', 'At location 0: LIKE needs a text, not id of type int4'],
  ['id BETWEEN SYMMETRIC 2 AND 1', 'At location 3: BETWEEN SYMMETRIC is not supported in a where'],
  ['CASE WHEN done THEN true END', 'At location 0: CASE is not supported as a condition'],
  ['(id, owner_id) = (1, 2)', 'At location 0: a row is not supported here, only columns and constants are compared'],
  ['done = (id = 1)', 'At location 11: operator = is not supported here, only columns and constants are compared'],
  ['title', 'At location 0: title is of type text, but a condition must be boolean'],
  ['id = title', 'At location 5: id of type int4 and title of type text cannot be compared'],
  [`title IN ('x', 1)`, 'At location 15: title of type text and a constant of type int4 cannot be compared'],
  ['price = weight', 'At location 8: price of type numeric and weight of type float8 cannot be compared'],
  ['title::int = 1', 'At location 5: a cast is not supported here, only constants are cast'],
  ['title = 1e3::text', 'At location 11: a cast from numeric to text is not supported in a where'],
  [`title = 'x'::varchar(1)`, 'At location 11: a cast to varchar with a size is not supported in a where'],
  [`id = 'items'::regclass`, 'At location 12: a cast to regclass is not supported in a where'],
  [`id = 1 AND owner_id = 'x'`, 'At location 22: invalid input syntax for type integer: "x"'],
  [`id = '3000000000'`, 'At location 5: value "3000000000" is out of range for type integer'],
  ['weight = 1e400', 'At location 9: "1e400" is out of range for type double precision'],
  [`mood = 'happy'`, `At location 7: "happy" is not a label of the column's type, which must be an enum`],
  [`address = 'ok'`, `At location 10: "ok" is not a label of the column's type, which must be an enum`],
  [`mood > 'ok'`, 'At location 7: operator > is not supported for enums in a where'],
  ['meta = $1', 'At location 0: meta is of type json, which is supported only in IS NULL'],
  [`'a' = ANY(tags)`, 'At location 0: a constant is not supported here, only a column is'],
  [`tags = '{a}'`, 'At location 0: tags is of type text[], which is supported only in IS NULL'],
  ['id <> ANY($1)', 'At location 3: ANY other than = ANY is not supported in a where'],
  [`id = ANY('{{1}}')`, 'At location 9: a one-dimensional array such as {1,2} is needed'],
  ['twice = 2', 'At location 0: twice is a generated column, which is not supported in a where'],
])('parseWhere: rejects %s with reason and location', async (where, message) => {
  const params = where.includes('$2') ? [] : ['{1}'];
  await expect(parse(where, ...params)).rejects.toThrow(new WhereError(message));
});

test('parseWhere: rejects long, deep or malformed text before recursing into it', async () => {
  const isNoText = 'It must be well-formed text without a NUL character.';
  for (const [where, message] of [
    [`title = '\ud800'`, isNoText],
    ['id = 1\0 OR true', isNoText],
    ['title = $1', 'At location 8: parameter $1 is not well-formed text'],
    [`title = '${'x'.repeat(10_000)}'`, 'It must not be longer than 10000 characters.'],
    [`${'f('.repeat(1_000)}${')'.repeat(1_000)}`, 'It must not have more than 2000 tokens.'],
    [`${'NOT '.repeat(1_900)}done`, 'At location 404: conditions are nested deeper than 100 levels'],
  ] as const)
    await expect(parse(where, 'a\0')).rejects.toThrow(new WhereError(message));
});

test('parseWhere: throws no WhereError for failures that are not the where’s fault', async () => {
  const failure = new Error('connection lost');
  const attempt = parseWhere('id = 1', { columns, params: new Map(), canonicalise: () => Promise.reject(failure) });
  await expect(attempt).rejects.toBe(failure);
});

test('compileWhere: matches a pattern with many wildcards in time bounded by pattern length times text length', async () => {
  const holds = compileWhere(await parse('title LIKE $1', `${'%a'.repeat(500)}%b`), () => 0);
  expect(holds({ value: () => 'a'.repeat(10_000) })).toBe(false);
  expect(holds({ value: () => `${'a'.repeat(10_000)}b` })).toBe(true);
});

test('parseOrderBy: returns quoted columns with directions', () => {
  expect(parseOrderBy('made DESC NULLS LAST, "Odd ""one""" asc, ID', columns)).toBe(
    '"made" DESC NULLS LAST, "Odd ""one""" ASC, "id"',
  );
});

test.each([
  // All locations in an order are counted from the beginning of `SELECT 1 ORDER BY `.
  ['nope DESC', 'At location 18: unknown reference nope'],
  ['lower(title)', 'At location 18: function lower() is not supported here, only a column is'],
  ['1', 'At location 18: a constant is not supported here, only a column is'],
  ['id USING <', 'At location 18: USING is not supported in an order'],
  ['id LIMIT 1', 'An order is a list of columns and nothing more.'],
  ['id; DROP TABLE items', 'An order is a list of columns and nothing more.'],
  ['', 'At location 18: syntax error at end of input'],
])('parseOrderBy: rejects %s with reason and location', (order, message) => {
  expect(() => parseOrderBy(order, columns)).toThrow(new WhereError(message));
});

import { expect, test } from 'vitest';
import type { TableColumn } from './table.ts';
import { parseWhere, WhereError, whereSql } from './where.ts';

const columns = Object.entries({
  id: 'uuid',
  n: 'int4',
  done: 'bool',
  title: 'text',
  'Odd "one"': 'text',
  price: 'numeric',
}).map(
  ([name, type]): TableColumn => ({
    name,
    type,
    type_oid: 0,
    type_modifier: -1,
    dimensions: 0,
    not_null: false,
    generated: false,
    key_index: null,
  }),
);
const parse = (where: string, ...params: string[]) =>
  parseWhere(where, columns, new Map(params.map((value, index) => [index + 1, value])));

test('parseWhere: constants are brought into the form in which the log writes them', () => {
  const id = '0198A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B';
  expect(parse(`"id" = $1 AND n = 007 and DONE=true AND title = 'it''s $1'`, id)).toEqual([
    { column: 'id', type: 'uuid', value: id.toLowerCase() },
    { column: 'n', type: 'int4', value: '7' },
    { column: 'done', type: 'bool', value: 't' },
    { column: 'title', type: 'text', value: "it's $1" },
  ]);
  expect(parse(`"Odd ""one""" = $2 AND n = '-1'`, '', 'x').map(({ value }) => value)).toEqual(['x', '-1']);
});

test('whereSql: quotes the columns and passes every constant as a parameter', () => {
  expect(whereSql(parse(`"Odd ""one""" = $1 AND done = 'no'`, "'; DROP TABLE x"))).toEqual({
    text: `"Odd ""one""" = $1::text::text AND "done" = $2::text::bool`,
    values: ["'; DROP TABLE x", 'f'],
  });
  expect(whereSql([])).toEqual({ text: 'true', values: [] });
});

test.each([
  ['nope = 1', 'At location 0: unknown reference nope'],
  ['n = $1', 'At location 4: parameter $1 was not provided'],
  ['n < 3', 'At location 2: < is not supported here, only "=" between a column and a constant is'],
  ['n = 1 OR n = 2', 'At location 6: OR is not supported here, only AND joins conditions'],
  ['(n = 1)', 'At location 0: ( is not supported here, a condition begins with a column'],
  ['n = 1 AND', 'At location 9: the end is not supported here, a condition begins with a column'],
  ['n =', 'At location 3: the end is not supported here, n is compared with a constant of type int4'],
  ['n = n', 'At location 4: n is not supported here, n is compared with a constant of type int4'],
  ['n = 3000000000', 'At location 4: invalid input for type int4: "3000000000"'],
  [`id = 'x'`, 'At location 5: invalid input for type uuid: "x"'],
  ['price = 1', 'At location 0: price is of type numeric, which is not supported in a where'],
  ['n = 1; DROP TABLE x', 'At location 5: ; is not supported here, only AND joins conditions'],
  ['', 'At location 0: the end is not supported here, a condition begins with a column'],
])('parseWhere: %s is refused with what and where', (where, message) => {
  expect(() => parse(where)).toThrow(new WhereError(message));
});

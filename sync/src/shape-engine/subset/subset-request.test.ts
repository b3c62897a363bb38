import { expect, test } from 'vitest';
import { parseSubsetRequest } from './subset-request.ts';

test('parseSubsetRequest: reads the same subset from a URL’s texts and from a body', () => {
  const request = {
    where: 'owner_id = $1 AND id < $2',
    params: new Map([
      [1, '5'],
      [2, '100'],
    ]),
    orderBy: 'id DESC',
    limit: 2,
    offset: 4,
  };
  const { where, orderBy: order_by } = request;
  const texts = { where, order_by, limit: '2', offset: '4', params: '{"1":"5","2":100}' };
  expect(parseSubsetRequest(texts)).toEqual({ request });
  expect(parseSubsetRequest({ where, params: { 1: '5', 2: 100 }, order_by, limit: 2, offset: 4 })).toEqual({ request });
});

test('parseSubsetRequest: reads no parameters as all rows, and null as no subset', () => {
  const all = { where: null, params: new Map(), orderBy: null, limit: null, offset: null };
  expect(parseSubsetRequest({})).toEqual({ request: all });
  expect(parseSubsetRequest(null)).toEqual({ request: null });
});

test('parseSubsetRequest: accepts the client’s syntax trees beside their clauses, but not in their place', () => {
  const trees = { where_expr: { type: 'ref', column: 'done' }, order_by_expr: [{ column: 'id', direction: 'asc' }] };
  expect(parseSubsetRequest({ where: 'done', order_by: 'id', ...trees })).toMatchObject({ request: { where: 'done' } });
  expect(parseSubsetRequest(trees)).toEqual({
    errors: {
      subset: {
        where: ['where is required beside where_expr'],
        order_by: ['order_by is required beside order_by_expr'],
      },
    },
  });
});

test.each<[string, Record<string, unknown>, Record<string, string[]>]>([
  ['limit alone', { limit: 5 }, { order_by: ['order_by is required when limit or offset is present'] }],
  ['offset alone', { offset: 0 }, { order_by: ['order_by is required when limit or offset is present'] }],
  ['limit 0', { limit: 0, order_by: 'id' }, { limit: ['must be greater than 0'] }],
  ['offset -1', { offset: -1, order_by: 'id' }, { offset: ['must be greater than or equal to 0'] }],
  ['limit 1.5', { limit: 1.5, order_by: 'id' }, { limit: ['is invalid'] }],
  ['a limit in words', { limit: '5 rows', order_by: 'id' }, { limit: ['is invalid'] }],
  ['a where that is not text', { where: 5 }, { where: ['is invalid'] }],
  ['half of params', { where: '$1', params: '{"1":' }, { params: ['params must be valid JSON'] }],
  ['a list of params', { where: '$1', params: ['a'] }, { params: ['is invalid'] }],
  ['a param of null', { where: '$1', params: { 1: null } }, { params: ['is invalid'] }],
  ['a param’s name', { where: '$1', params: { one: '1' } }, { params: ['Parameters can only use numbers as keys'] }],
  [
    'params that skip a number',
    { where: '$2', params: { 2: '1' } },
    { params: ['Parameters must be numbered sequentially, starting from 1'] },
  ],
])('parseSubsetRequest: names the fault: %s', (_, fields, errors) => {
  expect(parseSubsetRequest(fields)).toEqual({ errors: { subset: errors } });
});

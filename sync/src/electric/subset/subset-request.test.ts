import { expect, test } from 'vitest';
import { readSubsetRequest } from './subset-request.ts';

const URL_OF_SHAPE = 'http://localhost/v1/shape?table=items&offset=-1';

const get = (parameters: Record<string, string>) =>
  readSubsetRequest(new Request(`${URL_OF_SHAPE}&${new URLSearchParams(parameters)}`));
const post = (body: unknown) =>
  readSubsetRequest(
    new Request(URL_OF_SHAPE, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
  );

test('readSubsetRequest: the same subset by URL and by body', async () => {
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
  const inUrl = { subset__where: where, subset__order_by: order_by, subset__limit: '2', subset__offset: '4' };
  expect(await get({ ...inUrl, subset__params: '{"1":"5","2":100}' })).toEqual({ request });
  expect(await post({ where, params: { 1: '5', 2: 100 }, order_by, limit: 2, offset: 4 })).toEqual({ request });
});

test('readSubsetRequest: a GET without its parameters asks for none, a POST for all rows', async () => {
  const all = { where: null, params: new Map(), orderBy: null, limit: null, offset: null };
  expect(await get({ where: 'id = 1' })).toEqual({ request: null });
  expect(await get({ subset__where: '' })).toEqual({ request: all });
  expect(await post('')).toEqual({ request: all });
});

test('readSubsetRequest: the client’s syntax trees may stand beside their clauses, and not instead of them', async () => {
  const trees = { where_expr: { type: 'ref', column: 'done' }, order_by_expr: [{ column: 'id', direction: 'asc' }] };
  expect(await post({ where: 'done', order_by: 'id', ...trees })).toMatchObject({ request: { where: 'done' } });
  expect(await post(trees)).toEqual({
    errors: {
      subset: {
        where: ['where is required beside where_expr'],
        order_by: ['order_by is required beside order_by_expr'],
      },
    },
  });
});

test.each<[string, unknown, Record<string, string[]>]>([
  ['limit alone', { limit: 5 }, { order_by: ['order_by is required when limit or offset is present'] }],
  ['offset alone', { offset: 0 }, { order_by: ['order_by is required when limit or offset is present'] }],
  ['limit 0', { limit: 0, order_by: 'id' }, { limit: ['must be greater than 0'] }],
  ['offset -1', { offset: -1, order_by: 'id' }, { offset: ['must be greater than or equal to 0'] }],
  ['limit 1.5', { limit: 1.5, order_by: 'id' }, { limit: ['is invalid'] }],
  ['a limit in words', { limit: '5 rows', order_by: 'id' }, { limit: ['is invalid'] }],
  ['a where that is no text', { where: 5 }, { where: ['is invalid'] }],
  ['half of params', { where: '$1', params: '{"1":' }, { params: ['params must be valid JSON'] }],
  ['a list of params', { where: '$1', params: ['a'] }, { params: ['params must be a JSON object'] }],
  ['a param of null', { where: '$1', params: { 1: null } }, { params: ['params must be texts'] }],
  ['a param’s name', { where: '$1', params: { one: '1' } }, { params: ['params are named by position: 1, 2, …'] }],
  ['half a body', '{"where":', { body: ['is no valid JSON'] }],
  ['a body that is a list', '[]', { body: ['must be a JSON object'] }],
  ['a body without end', { where: 'x'.repeat(2_000_000) }, { body: ['is larger than 1048576 bytes'] }],
])('readSubsetRequest: names what is wrong: %s', async (_, body, errors) => {
  expect(await post(body)).toEqual({ errors: { subset: errors } });
});

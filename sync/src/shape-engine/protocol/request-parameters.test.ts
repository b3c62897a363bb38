import { expect, test } from 'vitest';
import { readParameters } from './request-parameters.ts';

const SHAPE = 'http://localhost/v1/shape?table=items&offset=-1';

const get = (search: string) => readParameters(new Request(`${SHAPE}${search}`));
const post = (body: BodyInit, search = '') =>
  readParameters(new Request(`${SHAPE}${search}`, { method: 'POST', body, duplex: 'half' } as RequestInit));
const postJson = (body: unknown, search?: string) => post(JSON.stringify(body), search);

test('readParameters: an address gives those of the shape, its params by place, and those of a subset', async () => {
  expect(await get('&where=id%20%3D%20$1&params[1]=5&params[2]=&subset__where=done&subset__limit=2')).toEqual({
    shape: { table: 'items', offset: '-1', where: 'id = $1', params: { 1: '5', 2: '' } },
    subset: { where: 'done', limit: '2' },
  });
});

test('readParameters: blank ones are absent', async () => {
  expect(await get('&where=&columns=%20&live=&handle=&subset__where=')).toEqual({
    shape: { table: 'items', offset: '-1' },
    subset: {},
  });
  expect(await postJson({ where: null, limit: '' })).toMatchObject({ subset: {} });
});

test('readParameters: a GET without those of a subset asks for none, a POST for all rows', async () => {
  expect(await get('&where=id')).toMatchObject({ subset: null });
  expect(await post('')).toMatchObject({ subset: {} });
});

test('readParameters: a body’s subset stands in `subset`, or beside what it says of the shape', async () => {
  const own = { where: 'id = $1', params: { 1: '5' } };
  const url = '&subset__where=done&subset__limit=2';
  const subset = { where: 'id = $1', params: { 1: '5' }, limit: '2' };
  expect(await postJson({ subset: own, columns: 'id' }, url)).toEqual({
    shape: { table: 'items', offset: '-1', columns: 'id' },
    subset,
  });
  expect(await postJson({ ...own, table: 'others' }, url)).toEqual({
    shape: { table: 'others', offset: '-1' },
    subset,
  });
  // With a `subset`, what stands beside it is the shape's.
  expect(await postJson({ subset: {}, where: 'done' })).toEqual({
    shape: { table: 'items', offset: '-1', where: 'done' },
    subset: {},
  });
});

const LEFT = new ReadableStream({
  pull(controller) {
    controller.error(new Error('the reader has left'));
  },
});

test.each<[string, () => ReturnType<typeof get>, number]>([
  ['a byte that is no UTF-8 in the address', () => get('&where=title%20=%20%27%FF%27'), 400],
  ['half a percent sign in the address', () => get('&where=title%20LIKE%20%2710%%27'), 400],
  ['a byte that is no UTF-8 in the body', () => post(Buffer.from('7b227768657265223a22ff227d', 'hex')), 400],
  ['half a body', () => post('{"where":'), 400],
  ['a body that is a list', () => post('[]'), 400],
  ['a body without end', () => postJson({ where: 'x'.repeat(8_000_000) }), 413],
  ['a body whose sender leaves', () => post(LEFT), 400],
])('readParameters: refuses %s', async (_, read, status) => {
  expect(await read()).toMatchObject({ refusal: { status } });
});

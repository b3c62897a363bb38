import { expect, test } from 'vitest';
import { readParameters } from './request-parameters.ts';

const SHAPE = 'http://localhost/v1/shape?table=items&offset=-1';

const get = (search: string) => readParameters(new Request(`${SHAPE}${search}`));
const post = (body: BodyInit, search = '') =>
  readParameters(new Request(`${SHAPE}${search}`, { method: 'POST', body, duplex: 'half' } as RequestInit));
const postJson = (body: unknown, search?: string) => post(JSON.stringify(body), search);

test('readParameters: reads from a URL the parameters of the shape, its params by place, and those of a subset', async () => {
  expect(await get('&where=id%20%3D%20$1&params[1]=5&params[2]=&subset__where=done&subset__limit=2')).toEqual({
    shape: { table: 'items', offset: '-1', where: 'id = $1', params: { 1: '5', 2: '' } },
    subset: { where: 'done', limit: '2' },
  });
});

test('readParameters: treats blank parameters as absent', async () => {
  expect(await get('&where=&columns=%20&live=&handle=&subset__where=')).toEqual({
    shape: { table: 'items', offset: '-1' },
    subset: {},
  });
  expect(await postJson({ where: null, limit: '' })).toMatchObject({ subset: {} });
});

test('readParameters: reads no subset from a plain GET, and a subset of all rows from a POST', async () => {
  expect(await get('&where=id')).toMatchObject({ subset: null });
  expect(await post('')).toMatchObject({ subset: {} });
});

test('readParameters: reads a body’s subset from `subset`, or from beside the shape’s parameters', async () => {
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
  // If `subset` is present, keys beside it belong to the shape.
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
  ['a byte in the URL that is not UTF-8', () => get('&where=title%20=%20%27%FF%27'), 400],
  ['an incomplete percent escape in the URL', () => get('&where=title%20LIKE%20%2710%%27'), 400],
  ['a byte in the body that is not UTF-8', () => post(Buffer.from('7b227768657265223a22ff227d', 'hex')), 400],
  ['half a body', () => post('{"where":'), 400],
  ['a body that is a list', () => post('[]'), 400],
  ['a body without end', () => postJson({ where: 'x'.repeat(8_000_000) }), 413],
  ['a body whose sender leaves', () => post(LEFT), 400],
])('readParameters: rejects %s', async (_, read, status) => {
  expect(await read()).toMatchObject({ refusal: { status } });
});

import { spawnSync } from 'node:child_process';
import { PickleTuple, pickle } from '@ingesthub/fixtures/pickle-writer.ts';
import { expect, test } from 'vitest';
import { PYTHON_PICKLES } from '../testing/python-pickles.ts';
import { NumpyArray } from '../values/numpy-array.ts';
import type { PlainValue } from '../values/plain-value.ts';
import { looksLikePickledDict, readPickle } from './read-pickle.ts';

const EXPECTED = {
  face_type: 'whole_face',
  é: 'ü \u{1f600}\\ \n',
  nothing: null,
  yes: true,
  no: false,
  whole: [0, -1, 255, 256, 65536, -(2 ** 31), 2 ** 31, 2 ** 40, -(2 ** 63)],
  real: [0.5, -1e-9, 1e300],
  tuple: [1, [2, 3], []],
  bytes: [0, 255, 10],
  empty_bytes: [],
  bytearray: [97, 98],
  set: [7],
  frozen: [8],
  landmarks: { shape: [3, 2], numbers: [0, 0.25, 0.5, 0.75, 1, 1.25] },
  columns: { shape: [2, 3], numbers: [0, 1, 2, 3, 4, 5] },
  big_endian: { shape: [2], numbers: [1.5, -2.5] },
  half: { shape: [4], numbers: [0.5, -2, 65504, 2 ** -24] },
  i8: { shape: [2], numbers: [-1, 2 ** 40] },
  u1: { shape: [1, 1], numbers: [255] },
  bools: { shape: [2], numbers: [1, 0] },
  none: { shape: [0, 2], numbers: [] },
  scalar: 2.5,
  scalar4: 0.25,
  int: -5,
  flag: true,
  text: 'häßlich',
};

test.each(Object.entries(PYTHON_PICKLES))('readPickle reads what Python writes: %s', (_, base64) => {
  expect(legible(readPickle(Buffer.from(base64, 'base64')))).toEqual(EXPECTED);
});

test('readPickle reads what the demo seed writes', () => {
  const value = { a: [1.5, new PickleTuple([-2n, null])], é: true, empty: {} };
  expect(legible(readPickle(pickle(value)))).toEqual({ a: [1.5, [-2, null]], é: true, empty: {} });
});

test('readPickle reads the texts, longs and arrays of Python 2', () => {
  const text = [
    "S'na\\xefve'\n",
    '\x8a\x01\xff',
    '\x8b\x02\0\0\0\0\x01',
    'L12345678901234567890L\n',
    'F-inf\n',
    'I01\n',
  ];
  expect(legible(readPickle(Buffer.from(`(${text.join('')}l.`, 'latin1')))).toEqual([
    'naïve',
    -1,
    256,
    12345678901234567000,
    -Infinity,
    true,
  ]);
  const array =
    "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n(I1\ntcnumpy\ndtype\n(S'f4'\nI0\nI1\ntR" +
    "(I3\nS'<'\nNNNI-1\nI-1\nI0\ntbI00\nU\x04\0\0\xc0?tb.";
  expect(legible(readPickle(Buffer.from(array, 'latin1')))).toEqual({ shape: [1], numbers: [1.5] });
});

test('readPickle keeps keys that are special elsewhere as plain keys', () => {
  const value = readPickle(pickle({ ['__proto__']: { polluted: true }, constructor: 'text' }));
  expect(value).toBeInstanceOf(Map);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('readPickle stops at the end of the pickle', () => {
  expect(readPickle(Buffer.concat([pickle('whole'), Buffer.from('cos\nsystem\n')]))).toBe('whole');
});

test.each([
  [2, true],
  [5, true],
  [6, false],
])('looksLikePickledDict: protocol %i: %s', (protocol, expected) => {
  expect(looksLikePickledDict(Buffer.from([0x80, protocol, 0x7d]))).toBe(expected);
});

test('looksLikePickledDict recognises the early protocols, and rejects data of other programs', () => {
  expect(['(dp0\n', '}q\0', '}.', 'Q 92', 'FLIR', ''].map((text) => looksLikePickledDict(Buffer.from(text)))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

test.skipIf(!hasNumpy)('readPickle reads what this machine’s Python writes, in every protocol', () => {
  const program = `
import base64, json, pickle, random, numpy as np
random.seed(7)
def value(depth):
    kind = random.randrange(9 if depth < 5 else 5)
    if kind == 0: return random.choice([None, True, False])
    if kind == 1: return random.randrange(-2**random.randrange(1, 50), 2**random.randrange(1, 50))
    if kind == 2: return random.uniform(-1e6, 1e6)
    if kind == 3: return ''.join(chr(random.choice([65, 10, 233, 0x4e2d, 0x1f600, 92, 39])) for _ in range(random.randrange(300)))
    if kind == 4: return float(np.float32(random.random()))
    if kind == 5: return [value(depth + 1) for _ in range(random.randrange(6))]
    if kind == 6: return {str(i): value(depth + 1) for i in range(random.randrange(6))}
    if kind == 7: return np.array([[random.random(), 1.0]], random.choice(['f2', '>f4', 'f8']))
    shared = value(depth + 1); return [shared, shared]
def plain(v):
    if isinstance(v, np.ndarray): return {'shape': list(v.shape), 'numbers': v.astype('f8').ravel().tolist()}
    if isinstance(v, list): return [plain(x) for x in v]
    if isinstance(v, dict): return {k: plain(x) for k, x in v.items()}
    return v
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    for _ in range(40):
        v = value(0)
        print(json.dumps([base64.b64encode(pickle.dumps(v, protocol)).decode(), plain(v)]))
`;
  const { stdout } = spawnSync('python3', ['-c', program], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const lines = stdout.trim().split('\n');
  expect(lines.length).toBeGreaterThanOrEqual(200);
  for (const line of lines) {
    const [bytes, expected] = JSON.parse(line) as [string, unknown];
    expect(legible(readPickle(Buffer.from(bytes, 'base64')))).toEqual(expected);
  }
});

/** The value as JSON would hold it. */
function legible(value: PlainValue): unknown {
  if (value instanceof NumpyArray) return { shape: value.shape, numbers: value.numbers() };
  if (value instanceof Uint8Array) return [...value];
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), legible(item)]));
  if (Array.isArray(value)) return value.map(legible);
  return value;
}

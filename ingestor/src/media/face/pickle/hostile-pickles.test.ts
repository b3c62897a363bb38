/**
 * Pickles that would do harm elsewhere. The tests assert that each is rejected, under which name, and within the
 * limits; nothing can be executed, because nothing here could execute it.
 */
import { pickle } from '@ingesthub/fixtures/pickle-writer.ts';
import { seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { expect, test } from 'vitest';
import { PYTHON_PICKLES } from '../testing/python-pickles.ts';
import { MAX_BYTES, MAX_ENTRIES, MAX_OPERATIONS } from '../values/face-limits.ts';
import { FaceProblem, RefusedPickle } from '../values/face-problem.ts';
import { readPickle } from './read-pickle.ts';

const read = (...parts: readonly (string | Uint8Array)[]) =>
  readPickle(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))));

function refusal(...parts: readonly (string | Uint8Array)[]): string {
  try {
    read(...parts);
  } catch (error) {
    if (error instanceof RefusedPickle) return error.refused;
    throw error;
  }
  return 'nothing was rejected';
}

const short = (text: string): string => `\x8c${String.fromCharCode(text.length)}${text}`;
const named = (module: string, name: string): string => `${short(module)}${short(name)}\x93`;
const uint64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
};

test.each([
  ['os.system', "cos\nsystem\n(S'id'\ntR."],
  ['posix.system', '\x80\x02cposix\nsystem\nX\x02\0\0\0id\x85R.'],
  ['nt.system', `\x80\x04${named('nt', 'system')}${short('dir')}\x85R.`],
  ['builtins.eval', `\x80\x04${named('builtins', 'eval')}${short('1')}\x85R.`],
  ['__builtin__.eval', "c__builtin__\neval\n(S'1'\ntR."],
  ['builtins.exec', `\x80\x04${named('builtins', 'exec')}${short('1')}\x85R.`],
  ['builtins.getattr', `\x80\x04${named('builtins', 'getattr')}.`],
  ['builtins.__import__', `\x80\x04${named('builtins', '__import__')}.`],
  ['subprocess.Popen', `\x80\x04${named('subprocess', 'Popen')}](${short('id')}e\x85R.`],
  ['subprocess.check_output', 'csubprocess\ncheck_output\n((lp0\ntR.'],
  ['copyreg._reconstructor', 'ccopyreg\n_reconstructor\n(cos\nPathLike\nc__builtin__\nobject\nNtR.'],
  ['copy_reg.__newobj__', 'ccopy_reg\n__newobj__\n.'],
  ['functools.partial', `\x80\x04${named('functools', 'partial')}.`],
  ['pickle.loads', `\x80\x04${named('pickle', 'loads')}.`],
  ['numpy.load', `\x80\x04${named('numpy', 'load')}.`],
  ['numpy.core.multiarray.fromfile', 'cnumpy.core.multiarray\nfromfile\n.'],
  ['numpy.testing._private.utils.runstring', 'cnumpy.testing._private.utils\nrunstring\n.'],
  ['numpy.ndarray.tofile', `\x80\x04${named('numpy', 'ndarray.tofile')}.`],
  ['_codecs.decode', 'c_codecs\ndecode\n.'],
  ['__main__.Face', 'c__main__\nFace\n)\x81.'],
  ['pathlib.PosixPath', `\x80\x04${named('pathlib', 'PosixPath')}.`],
])('%s is rejected', (name, program) => {
  expect(refusal(program)).toBe(name);
});

test('a name is rejected even when it is unused or inside another call', () => {
  expect(refusal('\x80\x02}X\x01\0\0\0acos\nsystem\n0.')).toBe('os.system');
  const inner = `cposix\nsystem\n(S'id'\ntR`;
  expect(refusal(`c_codecs\nencode\n(${inner}X\x06\0\0\0latin1tR.`)).toBe('posix.system');
});

test('a name assembled on the stack or taken from the memo is the same name', () => {
  expect(refusal(`\x80\x04${short('os')}\x940${short('system')}\x940h\x00h\x01\x93.`)).toBe('os.system');
  expect(refusal(`\x80\x04${short('numpy')}\x94${short('dtype')}\x93${short('system')}\x940h\x00h\x01\x93.`)).toBe(
    'numpy.system',
  );
  expect(refusal(`\x80\x04${short('numpy\ndtype')}${short('')}\x93.`)).toBe('numpy?dtype.');
  expect(() => read(`\x80\x04K\x01${short('system')}\x93.`)).toThrow(FaceProblem);
});

test.each([
  ['PERSID', 'Pfile\n.'],
  ['BINPERSID', 'K\x01Q.'],
  ['INST', '(ios\nsystem\n.'],
  ['OBJ', '(cnumpy\ndtype\no.'],
  ['NEWOBJ', 'cnumpy\ndtype\n)\x81.'],
  ['NEWOBJ_EX', 'cnumpy\ndtype\n)}\x92.'],
  ['EXT1', '\x82\x01.'],
  ['EXT2', '\x83\x01\0.'],
  ['EXT4', '\x84\x01\0\0\0.'],
  ['NEXT_BUFFER', '\x97.'],
  ['READONLY_BUFFER', '\x98.'],
  ['opcode 0xff', '\xff'],
])('the opcode %s is rejected', (name, program) => {
  expect(refusal(program)).toBe(name);
});

test.each([
  ['REDUCE of a value', 'X\x02\0\0\0id)R.'],
  ['BUILD of a value', '}}b.'],
  ['numpy.ndarray()', 'cnumpy\nndarray\n)R.'],
  ['_codecs.encode to another encoding', 'c_codecs\nencode\n(X\x01\0\0\0aX\x03\0\0\0ziptR.'],
  ['numpy dtype O', `cnumpy\ndtype\n(S'O'\ntR.`],
  ['numpy dtype V16', `cnumpy\ndtype\n(S'V16'\ntR.`],
  ['numpy structured array', `cnumpy\ndtype\n(S'f8'\ntR(I3\nS'|'\nN(S'a'\nt}tb.`],
])('known names do nothing beyond their purpose: %s', (name, program) => {
  expect(refusal(program)).toBe(name);
});

test.each([
  ['a name', 'cnumpy\ndtype\n.'],
  ['a name in a list', '(cnumpy\ndtype\nl.'],
  ['an array type', "cnumpy\ndtype\n(S'f8'\ntR."],
])('%s is not data', (_, program) => {
  expect(() => read(program)).toThrow(FaceProblem);
});

test('lengths are checked against the available bytes before anything is allocated', () => {
  for (const opcode of ['\x8d', '\x8e', '\x96', '\x95']) {
    expect(() => read('\x80\x05', opcode, uint64(2n ** 60n), 'x')).toThrow('ends too early');
    expect(() => read('\x80\x05', opcode, uint64(2n ** 64n - 1n), 'x')).toThrow('ends too early');
  }
  for (const opcode of ['X', 'B', 'T', '\x8b']) {
    expect(() => read(opcode, Buffer.from([0xff, 0xff, 0xff, 0x7f]), 'x')).toThrow('ends too early');
  }
  expect(() => read('T', Buffer.from([0xff, 0xff, 0xff, 0xff]), 'x')).toThrow('negative');
  expect(() => read(Buffer.alloc(MAX_BYTES + 1))).toThrow('too large');
});

test('an array has the length that its shape states', () => {
  const array = (shape: string) =>
    `cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n(${shape}tcnumpy\ndtype\n(S'f4'\ntRI00\nU\x04\0\0\0\0tb.`;
  expect(() => read(array('I1\nI1\n'))).not.toThrow();
  for (const shape of [
    'I2\n',
    'I-1\n',
    'I0\n',
    'F0.5\n',
    'L99999999999999999999L\n',
    'I4294967296\nI4294967296\n',
    'N',
  ]) {
    expect(() => read(array(shape))).toThrow('damaged');
  }
  expect(() => read(array('I1\n'.repeat(33)))).toThrow('dimensions');
});

test('a value that contains itself is rejected', () => {
  expect(() => read(']q\0h\0a.')).toThrow('levels of nesting');
  expect(() => read('}q\0K\x01h\0s.')).toThrow('levels of nesting');
  expect(() => read(']q\0(h\0te.')).toThrow('mark is missing');
  expect(() => read(']q\0h\0\x85a.')).toThrow('levels of nesting');
});

test('values nested too deeply are rejected, however they are written', () => {
  expect(() => read(']'.repeat(60), 'a'.repeat(59), '.')).not.toThrow();
  expect(() => read(']'.repeat(90_000), 'a'.repeat(89_999), '.')).toThrow('levels of nesting');
  expect(() => read(')', '\x85'.repeat(100_000), '.')).toThrow('levels of nesting');
});

test('repeated references to the same lists are rejected once they expand beyond the limit', () => {
  const laughs = (levels: number) => `](${'K\x01'.repeat(10)}e${`q\0](${'h\0'.repeat(10)}e`.repeat(levels)}.`;
  expect(() => read(laughs(3))).not.toThrow();
  expect(() => read(laughs(40))).toThrow('500,000 values');
  const text = Buffer.alloc(1024 * 1024, 'a');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  expect(() => read('(X', length, text, 'q\0', 'h\0'.repeat(10), 'l.')).not.toThrow();
  expect(() => read('(X', length, text, 'q\0', 'h\0'.repeat(20), 'l.')).toThrow('16 MiB');
  expect(() => read('(B', length, text, 'q\0', 'h\0'.repeat(20), 'l.')).toThrow('16 MiB');
});

test('conversions that copy count towards the limit', () => {
  const text = Buffer.alloc(1024 * 1024, 'a');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const encode = 'c_codecs\nencode\nh\0X\x06\0\0\0latin1\x86R0';
  expect(() => read('X', length, text, 'q\x000', encode.repeat(10), 'N.')).not.toThrow();
  expect(() => read('X', length, text, 'q\x000', encode.repeat(20), 'N.')).toThrow('16 MiB');
});

test('stack, marks, memo and operations are limited', () => {
  expect(() => read('N'.repeat(MAX_ENTRIES + 1), '.')).toThrow('values at once');
  expect(() => read('('.repeat(MAX_ENTRIES + 1), '.')).toThrow('marks at once');
  expect(() => read('N', '\x94'.repeat(MAX_ENTRIES + 1), '.')).toThrow('remembered values');
  expect(() => read('N', '20'.repeat(MAX_OPERATIONS / 2), '.')).toThrow('operations');
  expect(() => read('N', '\x80\x02'.repeat(MAX_OPERATIONS), '.')).toThrow('operations');
});

test('any opcode that pops an empty stack reports a missing value', () => {
  for (const opcode of '.0aesutdl1R\x81b\x85\x86\x87\x90\x91\x93\x94q2') {
    expect(() => read(opcode, '\0.')).toThrow(FaceProblem);
    expect(() => read('N(', opcode, '\0.')).toThrow(FaceProblem);
  }
});

const WHOLE = Object.values(PYTHON_PICKLES).map((base64) => Buffer.from(base64, 'base64'));

/** Rethrows every error that is not one of our own problems. */
function isRefused(bytes: Buffer): boolean {
  try {
    readPickle(bytes);
    return false;
  } catch (error) {
    if (error instanceof FaceProblem) return true;
    throw error;
  }
}

test('a pickle truncated at any byte is rejected', () => {
  for (const bytes of [
    ...WHOLE.filter((_, index) => index % 3 === 0),
    pickle({ landmarks: [[1, 2]], face_type: 'head' }),
  ]) {
    const lengths = Array.from(bytes, (_, length) => length);
    expect(lengths.filter((length) => !isRefused(bytes.subarray(0, length)))).toEqual([]);
  }
});

test('a pickle with any bytes changed is read or rejected, with no other outcome', () => {
  const random = seededRandom(42);
  let refused = 0;
  for (let round = 0; round < 2000; round++) {
    const bytes = Buffer.from(random.pick(WHOLE));
    for (let change = random.whole(1, 6); change > 0; change--) {
      const at = random.whole(0, bytes.length - 1);
      if (random.next() < 0.5) bytes[at] = random.whole(0, 255);
      else bytes.copyWithin(at, random.whole(0, bytes.length - 1), random.whole(0, bytes.length - 1));
    }
    if (isRefused(bytes)) refused++;
  }
  expect(refused).toBeGreaterThan(400);
});

test('programs that call known names with arbitrary values are read or rejected, with no other outcome', () => {
  const random = seededRandom(43);
  const names = [
    ...['numpy\ndtype', 'numpy\nndarray', 'numpy.core.multiarray\n_reconstruct', 'numpy._core.multiarray\nscalar'],
    ...['numpy.core.numeric\n_frombuffer', '_codecs\nencode', 'builtins\nset', 'builtins\nbytes'],
  ];
  const type = "cnumpy\ndtype\n(S'f4'\ntR";
  const array = 'cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n)NtR';
  const atoms = [
    ...[
      'N',
      '\x88',
      'K\x01',
      'J\xff\xff\xff\xff',
      'G\x7f\xf8\0\0\0\0\0\0',
      '\x8c\x02f4',
      '\x8c\x01<',
      '\x8c\x06latin1',
    ],
    ...['C\x04\0\0\0\0', 'U\x04\0\0\xc0?', ')', type, array, 'h\0', 'h\x01'],
  ];
  const value = (depth: number): string => {
    const some = () => Array.from({ length: random.whole(0, 4) }, () => value(depth + 1)).join('');
    const kind = depth > 4 ? 0 : random.whole(0, 9);
    if (kind === 1) return `](${some()}e`;
    if (kind === 2) return `(${some()}t`;
    if (kind === 3) return `}(${some()}u`;
    if (kind === 4) return `c${random.pick(names)}\n(${some()}tR`;
    if (kind === 5) return `${value(depth + 1)}\x94`;
    if (kind === 6) return `${random.pick([type, array])}(${value(depth + 1)}${some()}tb`;
    if (kind === 7)
      return `${array}(K\x01(${random.pick(['', 'K\x01', 'K\x02', value(depth + 1)])}t${type}\x89${value(5)}tb`;
    if (kind === 8) return `(${some()}l`;
    return random.pick(atoms);
  };
  let read = 0;
  for (let round = 0; round < 2000; round++) {
    if (!isRefused(Buffer.from(`N\x940N\x940(${value(0)}${value(0)}l.`, 'latin1'))) read++;
  }
  expect(read).toBeGreaterThan(200);
});

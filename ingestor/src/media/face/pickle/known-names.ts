/**
 * Lists every name that a pickle may call: those that CPython and numpy write for bytes, sets and numbers. Names are
 * looked up only here; “calling” one runs a function of ours on plain data.
 */
import { damaged, RefusedPickle } from '../values/face-problem.ts';
import { MAX_DIMENSIONS, NumpyArray, numpyScalar } from '../values/numpy-array.ts';
import { NumpyType, numpyType } from './numpy-type.ts';
import { isTuple, type PickleMachine, type PickleValue } from './pickle-machine.ts';

type Call = (args: readonly PickleValue[], machine: PickleMachine) => PickleValue;

export class KnownName {
  /** Python's spelling: 'numpy.dtype'. */
  readonly name: string;
  readonly call: Call;

  constructor(name: string, call: Call) {
    this.name = name;
    this.call = call;
  }
}

/** Keyed by module and name; Python 2 and 3, and numpy 1 and 2, spell the modules differently. */
const NAMES: ReadonlyMap<string, KnownName> = new Map(
  (
    [
      ['_codecs', 'encode', encode],
      ...['__builtin__', 'builtins'].flatMap(
        (module) =>
          [
            [module, 'bytes', toBytes],
            [module, 'bytearray', toBytes],
            [module, 'set', toSet],
            [module, 'frozenset', toSet],
          ] as const,
      ),
      ['numpy', 'ndarray', refuse('numpy.ndarray')],
      ['numpy', 'dtype', numpyType],
      ...['numpy.core', 'numpy._core'].flatMap(
        (module) =>
          [
            [`${module}.multiarray`, '_reconstruct', reconstruct],
            [`${module}.multiarray`, 'scalar', scalar],
            [`${module}.numeric`, '_frombuffer', fromBuffer],
          ] as const,
      ),
    ] as const
  ).map(([module, name, call]) => [`${module}\n${name}`, new KnownName(`${module}.${name}`, call)]),
);

/** @throws RefusedPickle for every other name. */
export function knownName(module: PickleValue, name: PickleValue): KnownName {
  if (typeof module !== 'string' || typeof name !== 'string') throw damaged('a name is not text');
  const known = NAMES.get(`${module}\n${name}`);
  if (known === undefined) throw new RefusedPickle(`${module}.${name}`);
  return known;
}

/** Returns the bytes from any of the forms in which CPython writes them. */
function bytesOf(value: PickleValue | undefined, machine: PickleMachine): Uint8Array {
  if (value instanceof Uint8Array) return value;
  // Python 2 stores bytes as text, one character for each byte.
  if (typeof value !== 'string') throw damaged('bytes are missing');
  machine.copies(value.length);
  for (let index = 0; index < value.length; index++) {
    if (value.charCodeAt(index) > 0xff) throw damaged('bytes are written as text with characters beyond a byte');
  }
  return Buffer.from(value, 'latin1');
}

/** `_codecs.encode(text, 'latin1')`: the bytes of protocols 0 to 2. */
function encode([text, encoding]: readonly PickleValue[], machine: PickleMachine): PickleValue {
  if (encoding !== 'latin1' && encoding !== 'latin-1') throw new RefusedPickle('_codecs.encode to another encoding');
  return bytesOf(text, machine);
}

function toBytes(args: readonly PickleValue[], machine: PickleMachine): PickleValue {
  const [value, encoding] = args;
  if (args.length === 0) return new Uint8Array(0);
  if (args.length === 2 && encoding !== 'latin-1' && encoding !== 'latin1') throw damaged('bytes are missing');
  return bytesOf(value, machine);
}

function toSet([items]: readonly PickleValue[]): PickleValue {
  if (items === undefined) return [];
  if (!Array.isArray(items)) throw damaged('a set is built from a value that is not a list');
  return items;
}

/** `_reconstruct(ndarray, (0,), b'b')`: an empty array, filled by BUILD. */
function reconstruct([type]: readonly PickleValue[]): PickleValue {
  if (!(type instanceof KnownName) || type.name !== 'numpy.ndarray') throw damaged('an array is of an unknown class');
  return new NumpyArray();
}

function scalar([type, data]: readonly PickleValue[], machine: PickleMachine): PickleValue {
  if (!(type instanceof NumpyType)) throw damaged('the type of a number is missing');
  const bytes = bytesOf(data, machine);
  machine.copies(bytes.length);
  return numpyScalar(type, bytes);
}

/** `_frombuffer(data, type, shape, order)`, of protocol 5. */
function fromBuffer([data, type, shape, order]: readonly PickleValue[], machine: PickleMachine): PickleValue {
  const array = new NumpyArray();
  fill(array, shape, type, data, order === 'F', machine);
  return array;
}

/** @param state (version, shape, type, column-major, data); the first versions have none. */
export function buildArray(array: NumpyArray, state: PickleValue, machine: PickleMachine): void {
  if (!isTuple(state)) throw damaged('an array is incomplete');
  const [shape, type, columnsFirst, data] = state.slice(-4);
  fill(array, shape, type, data, columnsFirst === true || columnsFirst === 1, machine);
}

function fill(
  array: NumpyArray,
  shape: PickleValue | undefined,
  type: PickleValue | undefined,
  data: PickleValue | undefined,
  columnsFirst: boolean,
  machine: PickleMachine,
): void {
  if (!isTuple(shape) || !(type instanceof NumpyType)) throw damaged('an array is incomplete');
  if (shape.length > MAX_DIMENSIONS) throw damaged('an array has too many dimensions');
  const lengths = shape.map((length) => {
    if (typeof length !== 'number') throw damaged('an array has an impossible shape');
    return length;
  });
  // Copies the type's present state: BUILD can change it later.
  const { kind, size, bigEndian } = type;
  array.fill(lengths, { kind, size, bigEndian }, bytesOf(data, machine), columnsFirst);
}

function refuse(name: string): Call {
  return () => {
    throw new RefusedPickle(`${name}()`);
  };
}

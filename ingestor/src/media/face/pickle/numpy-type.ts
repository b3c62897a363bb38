/** Represents `numpy.dtype` as pickles write it: created from a code, then given its byte order. */
import { damaged, RefusedPickle } from '../values/face-problem.ts';
import type { ElementType, NumberKind } from '../values/numpy-array.ts';
import { isTuple, type PickleValue } from './pickle-machine.ts';

/** Numbers with their width in bytes, and text with its width in characters. */
const CODE = /^(?:(f)([248])|([iu])([1248])|(b)(1)|(U)([1-9]\d{0,3}))$/;

export class NumpyType implements ElementType {
  readonly kind: NumberKind;
  readonly size: number;
  #bigEndian = false;

  constructor(kind: NumberKind, size: number) {
    this.kind = kind;
    this.size = size;
  }

  get bigEndian(): boolean {
    return this.#bigEndian;
  }

  /** @param state (version, byte order, sub-array, field names, fields, size, alignment, flags, …). */
  build(state: PickleValue): void {
    if (!isTuple(state)) throw damaged('the type of an array is incomplete');
    const [, order, subArray, names, fields] = state;
    if (subArray !== null || names !== null || fields !== null) throw new RefusedPickle('numpy structured array');
    if (typeof order !== 'string' || !/^[<>|=]$/.test(order)) throw damaged('an array has an impossible byte order');
    this.#bigEndian = order === '>';
  }
}

/** @param args of `numpy.dtype`: the code, and two flags about copying. */
export function numpyType(args: readonly PickleValue[]): NumpyType {
  const [code] = args;
  if (typeof code !== 'string') throw damaged('the type of an array is missing');
  const parts = CODE.exec(code)?.slice(1).filter(Boolean);
  const [kind, width] = parts ?? [];
  // Above all `O`: an array of arbitrary objects.
  if (kind === undefined || width === undefined) throw new RefusedPickle(`numpy dtype ${code}`);
  return new NumpyType(kind as NumberKind, Number(width) * (kind === 'U' ? 4 : 1));
}

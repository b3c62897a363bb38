/** Arrays as numpy writes them: bytes, and how to interpret them. */
import { damaged, RefusedPickle } from './face-problem.ts';

/** numpy's own limit. */
export const MAX_DIMENSIONS = 32;

/** `f` float, `i` and `u` integers, `b` bool, `U` UTF-32 text. */
export type NumberKind = 'f' | 'i' | 'u' | 'b' | 'U';

export interface ElementType {
  readonly kind: NumberKind;
  /** Bytes. */
  readonly size: number;
  readonly bigEndian: boolean;
}

/** An array that is filled after creation, as in pickles; empty until then. */
export class NumpyArray {
  shape: readonly number[] = [0];
  #type: ElementType = { kind: 'f', size: 8, bigEndian: false };
  #data: Uint8Array = new Uint8Array(0);
  #columnsFirst: boolean = false;

  get byteLength(): number {
    return this.#data.length;
  }

  /** Elements. */
  get length(): number {
    return this.#data.length / this.#type.size;
  }

  /** @throws FaceProblem when the data does not have the length that shape and type state. */
  fill(shape: readonly number[], type: ElementType, data: Uint8Array, columnsFirst: boolean): void {
    if (type.kind === 'U') throw new RefusedPickle('numpy array of text');
    let bytes = type.size;
    for (const length of shape) {
      if (!Number.isSafeInteger(length) || length < 0) throw damaged('an array has an impossible shape');
      bytes *= length;
    }
    if (bytes !== data.length) throw damaged('the length of an array does not match its shape');
    this.shape = [...shape];
    this.#type = type;
    this.#data = data;
    this.#columnsFirst = columnsFirst;
  }

  /** Returns the elements, the last index varying fastest. */
  numbers(): number[] {
    const read = elementReader(this.#type, this.#data);
    const count = this.length;
    if (!this.#columnsFirst) return Array.from({ length: count }, (_, index) => read(index));
    return Array.from({ length: count }, (_, index) => {
      let [rest, at, stride] = [index, 0, count];
      for (const length of this.shape.toReversed()) {
        stride /= length;
        at += (rest % length) * stride;
        rest = Math.floor(rest / length);
      }
      return read(at);
    });
  }
}

/** @throws FaceProblem when the data is not one element long. */
export function numpyScalar(type: ElementType, data: Uint8Array): number | string | boolean {
  if (data.length !== type.size) throw damaged('the length of a number does not match its type');
  if (type.kind === 'U') return utf32(type, data);
  const value = elementReader(type, data)(0);
  return type.kind === 'b' ? value !== 0 : value;
}

function elementReader({ kind, size, bigEndian }: ElementType, data: Uint8Array): (index: number) => number {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const little = !bigEndian;
  switch (`${kind}${size}`) {
    case 'f2':
      return (index) => halfFloat(view.getUint16(index * 2, little));
    case 'f4':
      return (index) => view.getFloat32(index * 4, little);
    case 'f8':
      return (index) => view.getFloat64(index * 8, little);
    case 'i1':
      return (index) => view.getInt8(index);
    case 'i2':
      return (index) => view.getInt16(index * 2, little);
    case 'i4':
      return (index) => view.getInt32(index * 4, little);
    case 'i8':
      return (index) => Number(view.getBigInt64(index * 8, little));
    case 'b1':
    case 'u1':
      return (index) => view.getUint8(index);
    case 'u2':
      return (index) => view.getUint16(index * 2, little);
    case 'u4':
      return (index) => view.getUint32(index * 4, little);
    case 'u8':
      return (index) => Number(view.getBigUint64(index * 8, little));
    default:
      throw damaged('an array has elements of an impossible size');
  }
}

/** IEEE 754 binary16. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function utf32({ bigEndian }: ElementType, data: Uint8Array): string {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let text = '';
  for (let at = 0; at < data.length; at += 4) {
    const point = view.getUint32(at, !bigEndian);
    text += point > 0x10ffff ? '\u{FFFD}' : String.fromCodePoint(point);
  }
  return text.replace(/\0+$/, '');
}

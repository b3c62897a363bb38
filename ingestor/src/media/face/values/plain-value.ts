/** The values that pickles, JSON and Python literals are reduced to: data without behaviour. */
import { MAX_DEPTH, MAX_EXPANDED_BYTES, MAX_VALUES } from './face-limits.ts';
import { damaged, tooMuch } from './face-problem.ts';
import { NumpyArray } from './numpy-array.ts';

/** A dict is a Map, so no key is special; a list, tuple or set is an array; bytes are a Uint8Array. */
export type PlainValue = null | boolean | number | string | Uint8Array | NumpyArray | readonly PlainValue[] | PlainDict;
export type PlainDict = ReadonlyMap<PlainValue, PlainValue>;

/**
 * Asserts that a value is a finite tree, so that following it always ends: a value that contains itself exceeds the
 * depth limit, and repeated references to the same lists exceed the value limit.
 *
 * @throws FaceProblem
 */
export function assertPlain(root: unknown): asserts root is PlainValue {
  let values = MAX_VALUES;
  let bytes = MAX_EXPANDED_BYTES;
  const weigh = (length: number): void => {
    bytes -= length;
    if (bytes < 0) throw tooMuch('16 MiB');
  };
  const visit = (value: unknown, depth: number): void => {
    if (--values < 0) throw tooMuch(`${MAX_VALUES.toLocaleString('en')} values`);
    if (depth > MAX_DEPTH) throw tooMuch(`${MAX_DEPTH} levels of nesting`);
    if (value === null || typeof value === 'number' || typeof value === 'boolean') return;
    if (typeof value === 'string') weigh(value.length);
    else if (value instanceof Uint8Array || value instanceof NumpyArray) weigh(value.byteLength);
    else if (Array.isArray(value)) for (const item of value) visit(item, depth + 1);
    else if (value instanceof Map) {
      for (const [key, item] of value) {
        visit(key, depth + 1);
        visit(item, depth + 1);
      }
    } else throw damaged('it contains a value that is not data');
  };
  visit(root, 0);
}

/** Runs a pickle, which is a program for a machine with a stack, marks on the stack, and a memo. */
import { MAX_ENTRIES, MAX_EXPANDED_BYTES } from '../values/face-limits.ts';
import { damaged, tooMuch } from '../values/face-problem.ts';
import type { NumpyArray } from '../values/numpy-array.ts';
import type { KnownName } from './known-names.ts';
import type { NumpyType } from './numpy-type.ts';
import type { PickleInput } from './pickle-input.ts';

/**
 * A value on the stack. A dict is a Map, a list or set an array, a tuple a frozen array. Names and types exist only to
 * be called or built.
 */
export type PickleValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | NumpyArray
  | readonly PickleValue[]
  | Map<PickleValue, PickleValue>
  | KnownName
  | NumpyType;

/** The effect of one opcode. */
export type Operation = (machine: PickleMachine) => void;
/** Keyed by opcode. */
export type Operations = ReadonlyMap<number, Operation>;

export class PickleMachine {
  readonly input: PickleInput;
  readonly #stack: PickleValue[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, PickleValue>();
  #copied = 0;

  constructor(input: PickleInput) {
    this.input = input;
  }

  push(value: PickleValue): void {
    if (this.#stack.length >= MAX_ENTRIES) throw tooMuch(`${MAX_ENTRIES.toLocaleString('en')} values at once`);
    this.#stack.push(value);
  }

  pop(): PickleValue {
    const value = this.top();
    this.#stack.pop();
    return value;
  }

  /** Returns the top value above the last mark. */
  top(): PickleValue {
    const value = this.#stack.length > (this.#marks.at(-1) ?? 0) ? this.#stack.at(-1) : undefined;
    if (value === undefined) throw damaged('a value is missing');
    return value;
  }

  /** Pops the `count` top values, the lowest first. */
  popMany(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  mark(): void {
    if (this.#marks.length >= MAX_ENTRIES) throw tooMuch(`${MAX_ENTRIES.toLocaleString('en')} marks at once`);
    this.#marks.push(this.#stack.length);
  }

  /** Pops everything above the last mark, and the mark. */
  popToMark(): PickleValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw damaged('a mark is missing');
    return this.#stack.splice(mark);
  }

  /** Pops a mark on top of the stack; returns false when a value lies above it. */
  popMark(): boolean {
    if (this.#marks.at(-1) !== this.#stack.length) return false;
    this.#marks.pop();
    return true;
  }

  remember(index: number): void {
    if (this.#memo.size >= MAX_ENTRIES) throw tooMuch(`${MAX_ENTRIES.toLocaleString('en')} remembered values`);
    this.#memo.set(index, this.top());
  }

  rememberNext(): void {
    this.remember(this.#memo.size);
  }

  recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw damaged('a value that it refers to is missing');
    this.push(value);
  }

  /** Must be called before copying anything whose length exceeds the bytes that the pickle spends on it. */
  copies(bytes: number): void {
    this.#copied += bytes;
    if (this.#copied > MAX_EXPANDED_BYTES) throw tooMuch('16 MiB');
  }
}

/** Creates a Python tuple: a list that nothing can be appended to. */
export function tuple(items: readonly PickleValue[]): readonly PickleValue[] {
  return Object.freeze(items);
}

export function isTuple(value: PickleValue | undefined): value is readonly PickleValue[] {
  return Array.isArray(value) && Object.isFrozen(value);
}

export function isList(value: PickleValue): value is PickleValue[] {
  return Array.isArray(value) && !Object.isFrozen(value);
}

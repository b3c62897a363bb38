/** The machine that a pickle is a program for: a stack, marks on it, and a memo. */
import { MAX_EXPANDED_BYTES, MAX_HELD } from '../values/face-limits.ts';
import { damaged, tooMuch } from '../values/face-problem.ts';
import type { NumpyArray } from '../values/numpy-array.ts';
import type { KnownName } from './known-names.ts';
import type { NumpyType } from './numpy-type.ts';
import type { PickleInput } from './pickle-input.ts';

/**
 * On the stack. A dict is a Map; a list, or set, an array; a tuple a frozen array. Names and types are
 * there only to be called or built with.
 */
export type Held =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | NumpyArray
  | readonly Held[]
  | Map<Held, Held>
  | KnownName
  | NumpyType;

/** What one opcode does. */
export type Operation = (machine: PickleMachine) => void;
/** By opcode. */
export type Operations = ReadonlyMap<number, Operation>;

export class PickleMachine {
  readonly input: PickleInput;
  readonly #stack: Held[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, Held>();
  #copied = 0;

  constructor(input: PickleInput) {
    this.input = input;
  }

  push(value: Held): void {
    if (this.#stack.length >= MAX_HELD) throw tooMuch(`${MAX_HELD.toLocaleString('en')} values at once`);
    this.#stack.push(value);
  }

  pop(): Held {
    const value = this.top();
    this.#stack.pop();
    return value;
  }

  /** Above the last mark. */
  top(): Held {
    const value = this.#stack.length > (this.#marks.at(-1) ?? 0) ? this.#stack.at(-1) : undefined;
    if (value === undefined) throw damaged('a value is missing');
    return value;
  }

  /** The `count` values on top, the lowest first. */
  popMany(count: number): Held[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  mark(): void {
    if (this.#marks.length >= MAX_HELD) throw tooMuch(`${MAX_HELD.toLocaleString('en')} marks at once`);
    this.#marks.push(this.#stack.length);
  }

  /** Everything above the last mark, and the mark. */
  popToMark(): Held[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw damaged('a mark is missing');
    return this.#stack.splice(mark);
  }

  /** Pops a mark that lies on top; false when there is a value on it. */
  popMark(): boolean {
    if (this.#marks.at(-1) !== this.#stack.length) return false;
    this.#marks.pop();
    return true;
  }

  remember(index: number): void {
    if (this.#memo.size >= MAX_HELD) throw tooMuch(`${MAX_HELD.toLocaleString('en')} remembered values`);
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

  /** To be called before anything is copied whose length the pickle need not repeat in bytes of its own. */
  copies(bytes: number): void {
    this.#copied += bytes;
    if (this.#copied > MAX_EXPANDED_BYTES) throw tooMuch('16 MiB');
  }
}

/** Python's tuples: what nothing can be appended to. */
export function tuple(items: readonly Held[]): readonly Held[] {
  return Object.freeze(items);
}

export function isTuple(value: Held | undefined): value is readonly Held[] {
  return Array.isArray(value) && Object.isFrozen(value);
}

export function isList(value: Held): value is Held[] {
  return Array.isArray(value) && !Object.isFrozen(value);
}

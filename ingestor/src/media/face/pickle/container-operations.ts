/** Implements the opcodes that create and fill lists, tuples, sets and dicts. */
import { damaged } from '../values/face-problem.ts';
import {
  isList,
  isTuple,
  type Operation,
  type Operations,
  type PickleMachine,
  type PickleValue,
  tuple,
} from './pickle-machine.ts';

const OPERATIONS: readonly (readonly [opcode: string, operation: Operation])[] = [
  [']', (machine) => machine.push([])],
  ['l', (machine) => machine.push(machine.popToMark())],
  ['a', (machine) => append(machine, [machine.pop()])],
  ['e', (machine) => append(machine, machine.popToMark())],
  [')', (machine) => machine.push(tuple([]))],
  ['t', (machine) => machine.push(tuple(machine.popToMark()))],
  ['\x85', (machine) => machine.push(tuple(machine.popMany(1)))],
  ['\x86', (machine) => machine.push(tuple(machine.popMany(2)))],
  ['\x87', (machine) => machine.push(tuple(machine.popMany(3)))],
  // Sets are lists here: no reader depends on order or uniqueness.
  ['\x8f', (machine) => machine.push([])],
  ['\x90', (machine) => append(machine, machine.popToMark())],
  ['\x91', (machine) => machine.push(machine.popToMark())],
  ['}', (machine) => machine.push(new Map())],
  ['d', (machine) => machine.push(setItems(new Map(), machine.popToMark()))],
  ['s', (machine) => setItemsOfTop(machine, machine.popMany(2))],
  ['u', (machine) => setItemsOfTop(machine, machine.popToMark())],
];

export const containerOperations: Operations = new Map(
  OPERATIONS.map(([opcode, operation]) => [opcode.charCodeAt(0), operation]),
);

function append(machine: PickleMachine, items: readonly PickleValue[]): void {
  const list = machine.top();
  if (!isList(list)) throw damaged('something is appended to a value that is not a list');
  for (const item of items) list.push(item);
}

function setItemsOfTop(machine: PickleMachine, items: readonly PickleValue[]): void {
  const dict = machine.top();
  if (!(dict instanceof Map)) throw damaged('an item is set in a value that is not a dict');
  setItems(dict, items);
}

/** @param items key, value, key, value, … */
function setItems(dict: Map<PickleValue, PickleValue>, items: readonly PickleValue[]): Map<PickleValue, PickleValue> {
  if (items.length % 2 !== 0) throw damaged('a dict has no value for a key');
  for (let index = 0; index < items.length; index += 2) {
    const key = items[index] ?? null;
    if (key !== null && typeof key === 'object' && !(key instanceof Uint8Array) && !isTuple(key)) {
      throw damaged('a dict has a key of an impossible type');
    }
    dict.set(key, items[index + 1] ?? null);
  }
  return dict;
}

/** Implements the opcodes that name, call and build, restricted to what `known-names.ts` lists. */
import { damaged, RefusedPickle } from '../values/face-problem.ts';
import { NumpyArray } from '../values/numpy-array.ts';
import { buildArray, KnownName, knownName } from './known-names.ts';
import { NumpyType } from './numpy-type.ts';
import { isTuple, type Operations, type PickleMachine } from './pickle-machine.ts';

export const nameOperations: Operations = new Map(
  (
    [
      ['c', name],
      ['\x93', nameOnStack],
      ['R', call],
      ['b', build],
    ] as const
  ).map(([opcode, operation]) => [opcode.charCodeAt(0), operation]),
);

/** Listed by name, so that the error can state it. */
export const REFUSED_OPCODES: ReadonlyMap<number, string> = new Map([
  [0x50, 'PERSID'],
  [0x51, 'BINPERSID'],
  [0x69, 'INST'],
  [0x6f, 'OBJ'],
  [0x81, 'NEWOBJ'],
  [0x82, 'EXT1'],
  [0x83, 'EXT2'],
  [0x84, 'EXT4'],
  [0x92, 'NEWOBJ_EX'],
  [0x97, 'NEXT_BUFFER'],
  [0x98, 'READONLY_BUFFER'],
]);

function name(machine: PickleMachine): void {
  const module = machine.input.line().toString('utf8');
  machine.push(knownName(module, machine.input.line().toString('utf8')));
}

function nameOnStack(machine: PickleMachine): void {
  const [module = null, attribute = null] = machine.popMany(2);
  machine.push(knownName(module, attribute));
}

function call(machine: PickleMachine): void {
  const [callable, args] = machine.popMany(2);
  if (!(callable instanceof KnownName)) throw new RefusedPickle('REDUCE of a value');
  if (!isTuple(args)) throw damaged('a call has no arguments');
  machine.push(callable.call(args, machine));
}

function build(machine: PickleMachine): void {
  const state = machine.pop();
  const target = machine.top();
  if (target instanceof NumpyArray) buildArray(target, state, machine);
  else if (target instanceof NumpyType) target.build(state);
  else throw new RefusedPickle('BUILD of a value');
}

/**
 * Reads Python pickles of plain data, protocols 0 to 5 (CPython's Lib/pickletools.py describes the opcodes).
 *
 * A pickle is a program that can call anything. This reader runs it on a machine that knows only the opcodes for plain
 * data and a handful of names, all listed in this folder, and stops at anything else. Nothing is imported, resolved or
 * executed, and both time and memory are limited.
 */
import { MAX_BYTES, MAX_OPERATIONS } from '../values/face-limits.ts';
import { RefusedPickle, tooMuch } from '../values/face-problem.ts';
import { assertPlain, type PlainValue } from '../values/plain-value.ts';
import { containerOperations } from './container-operations.ts';
import { nameOperations, REFUSED_OPCODES } from './name-operations.ts';
import { PickleInput } from './pickle-input.ts';
import { type Operation, PickleMachine } from './pickle-machine.ts';
import { stackOperations } from './stack-operations.ts';
import { valueOperations } from './value-operations.ts';

const STOP = 0x2e;

const OPERATIONS: readonly (Operation | undefined)[] = Array.from(
  { length: 256 },
  (_, opcode) =>
    valueOperations.get(opcode) ??
    containerOperations.get(opcode) ??
    stackOperations.get(opcode) ??
    nameOperations.get(opcode),
);

/**
 * Ignores everything after the end of the pickle, as Python does.
 *
 * @throws RefusedPickle when the pickle uses an opcode or a name that is not listed.
 * @throws FaceProblem when the pickle is damaged or exceeds a limit.
 */
export function readPickle(bytes: Buffer): PlainValue {
  if (bytes.length > MAX_BYTES) throw tooMuch('4 MiB');
  const machine = new PickleMachine(new PickleInput(bytes));
  for (let count = 0; count < MAX_OPERATIONS; count++) {
    const opcode = machine.input.uint8();
    if (opcode === STOP) {
      const value = machine.pop();
      assertPlain(value);
      return value;
    }
    const operation = OPERATIONS[opcode];
    if (operation === undefined) {
      throw new RefusedPickle(REFUSED_OPCODES.get(opcode) ?? `opcode 0x${opcode.toString(16).padStart(2, '0')}`);
    }
    operation(machine);
  }
  throw tooMuch(`${MAX_OPERATIONS.toLocaleString('en')} operations`);
}

/** Returns true when arbitrary bytes begin as a pickled dict does in any protocol. */
export function looksLikePickledDict(bytes: Buffer): boolean {
  const [first = 0, second = 0] = bytes;
  if (first === 0x80) return second >= 2 && second <= 5;
  // Protocol 0: a mark and a dict; protocol 1: an empty dict, which is then stored in the memo or filled.
  return (first === 0x28 && second === 0x64) || (first === 0x7d && [0x71, 0x28, 0x2e].includes(second));
}

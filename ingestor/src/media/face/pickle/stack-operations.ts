/** Implements the opcodes that move values between stack and memo, and those that only describe the format. */
import { damaged, endsTooEarly } from '../values/face-problem.ts';
import type { PickleInput } from './pickle-input.ts';
import type { Operation, Operations } from './pickle-machine.ts';

const LATEST_PROTOCOL = 5;

const OPERATIONS: readonly (readonly [opcode: string, operation: Operation])[] = [
  ['(', (machine) => machine.mark()],
  [
    '0',
    (machine) => {
      if (!machine.popMark()) machine.pop();
    },
  ],
  ['1', (machine) => void machine.popToMark()],
  ['2', (machine) => machine.push(machine.top())],
  ['p', (machine) => machine.remember(indexLine(machine.input))],
  ['q', (machine) => machine.remember(machine.input.uint8())],
  ['r', (machine) => machine.remember(machine.input.uint32())],
  ['\x94', (machine) => machine.rememberNext()],
  ['g', (machine) => machine.recall(indexLine(machine.input))],
  ['h', (machine) => machine.recall(machine.input.uint8())],
  ['j', (machine) => machine.recall(machine.input.uint32())],
  [
    '\x80',
    (machine) => {
      if (machine.input.uint8() > LATEST_PROTOCOL) throw damaged('its protocol is unknown');
    },
  ],
  [
    // The length of the frame that follows; it matters only to readers of a stream.
    '\x95',
    (machine) => {
      if (machine.input.uint64() > machine.input.left) throw endsTooEarly();
    },
  ],
];

export const stackOperations: Operations = new Map(
  OPERATIONS.map(([opcode, operation]) => [opcode.charCodeAt(0), operation]),
);

function indexLine(input: PickleInput): number {
  const text = input.line().toString('latin1');
  if (!/^\d{1,10}$/.test(text)) throw damaged('a reference is not a number');
  return Number(text);
}

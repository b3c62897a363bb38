/** Implements the opcodes that push one value which the pickle contains literally. */
import { damaged } from '../values/face-problem.ts';
import { unescapeBytes } from '../values/text-escapes.ts';
import type { PickleInput } from './pickle-input.ts';
import type { Operations, PickleValue } from './pickle-machine.ts';

/** Digits of an integer; plain data needs at most 20. */
const MAX_DIGITS = 1000;
const MAX_LONG_BYTES = 400;

const READERS: readonly (readonly [opcode: string, read: (input: PickleInput) => PickleValue])[] = [
  ['N', () => null],
  ['\x88', () => true],
  ['\x89', () => false],
  ['I', intLine],
  ['L', (input) => wholeNumber(input.line().toString('latin1').replace(/L$/, ''))],
  ['J', (input) => input.int32()],
  ['K', (input) => input.uint8()],
  ['M', (input) => input.uint16()],
  ['\x8a', (input) => long(input.take(input.uint8()))],
  ['\x8b', (input) => long(input.take(input.length32()))],
  ['F', floatLine],
  ['G', (input) => input.double()],
  // The only text of Python 2; one character is one byte, which preserves the data of arrays.
  ['S', quotedLine],
  ['T', (input) => input.take(input.length32()).toString('latin1')],
  ['U', (input) => input.take(input.uint8()).toString('latin1')],
  ['V', rawUnicodeLine],
  ['\x8c', (input) => input.take(input.uint8()).toString('utf8')],
  ['X', (input) => input.take(input.uint32()).toString('utf8')],
  ['\x8d', (input) => input.take(input.uint64()).toString('utf8')],
  ['C', (input) => input.take(input.uint8())],
  ['B', (input) => input.take(input.uint32())],
  ['\x8e', (input) => input.take(input.uint64())],
  ['\x96', (input) => input.take(input.uint64())],
];

export const valueOperations: Operations = new Map(
  READERS.map(([opcode, read]) => [opcode.charCodeAt(0), (machine) => machine.push(read(machine.input))]),
);

/** Protocols 0 and 1 write bools as the ints 01 and 00. */
function intLine(input: PickleInput): PickleValue {
  const text = input.line().toString('latin1');
  if (text === '01') return true;
  if (text === '00') return false;
  return wholeNumber(text);
}

function wholeNumber(text: string): number {
  if (text.length > MAX_DIGITS || !/^[+-]?\d+$/.test(text)) throw damaged('an integer is malformed');
  return Number(text);
}

/** Two's complement, least significant byte first. */
function long(bytes: Buffer): number {
  if (bytes.length > MAX_LONG_BYTES) throw damaged('an integer is far too long');
  if (bytes.length === 0) return 0;
  const bits = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  return Number(BigInt.asIntN(bytes.length * 8, bits));
}

function floatLine(input: PickleInput): number {
  const text = input.line().toString('latin1');
  const word = /^([+-]?)(inf|nan)$/.exec(text);
  if (word) return word[2] === 'nan' ? Number.NaN : word[1] === '-' ? -Infinity : Infinity;
  if (text.length > MAX_DIGITS || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) {
    throw damaged('a number is malformed');
  }
  return Number(text);
}

/** Reads text in the form of Python 2's repr(). */
function quotedLine(input: PickleInput): string {
  const text = input.line().toString('latin1').trim();
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || text.at(-1) !== quote)
    throw damaged('a text has no quotes');
  return unescapeBytes(text.slice(1, -1));
}

/** Reads Latin 1, in which \uXXXX and \UXXXXXXXX are characters and other backslashes are literal. */
function rawUnicodeLine(input: PickleInput): string {
  return input
    .line()
    .toString('latin1')
    .replace(/\\u([\da-fA-F]{4})|\\U([\da-fA-F]{8})/g, (_, short: string | undefined, long: string | undefined) => {
      const point = Number.parseInt(short ?? long ?? '', 16);
      if (point > 0x10ffff) throw damaged('a text has a character that does not exist');
      return String.fromCodePoint(point);
    });
}

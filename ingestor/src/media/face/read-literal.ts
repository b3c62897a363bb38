/**
 * Reads a Python literal in the form of repr(), and JSON as Python writes it (with NaN and Infinity): dicts, lists,
 * tuples, sets, numbers, texts, bytes, and the words for null, true and false.
 */
import { MAX_DEPTH, MAX_TEXT_BYTES, MAX_VALUES } from './values/face-limits.ts';
import { damaged, endsTooEarly, tooMuch } from './values/face-problem.ts';
import type { PlainValue } from './values/plain-value.ts';
import { unescapeBytes, unescapeText } from './values/text-escapes.ts';

const WORDS: ReadonlyMap<string, PlainValue> = new Map<string, PlainValue>([
  ['None', null],
  ['null', null],
  ['True', true],
  ['true', true],
  ['False', false],
  ['false', false],
  ['nan', Number.NaN],
  ['NaN', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);
const CLOSING: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };
/** The empty set has no form in braces. */
const EMPTY_SET = /set\(\s*\)/y;
const SPACE = /\s*/y;
const NUMBER = /[+-]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;
const WORD = /-?[A-Za-z]+/y;
const QUOTE = /([bB]|[uU])?(['"])/y;

/** @throws FaceProblem for anything else, and beyond the limits. */
export function readLiteral(text: string): PlainValue {
  if (text.length > MAX_TEXT_BYTES) throw tooMuch('1 MiB');
  let at = 0;
  let values = MAX_VALUES;

  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const next = (): string => {
    match(SPACE);
    const character = text[at];
    if (character === undefined) throw endsTooEarly();
    return character;
  };
  const skip = (character: string): boolean => {
    if (next() !== character) return false;
    at++;
    return true;
  };

  /** Returns the text before the next quote that is not escaped. */
  const upTo = (quote: string | undefined): string => {
    const start = at;
    for (; text[at] !== quote; at++) {
      if (text[at] === '\\') at++;
      else if (text[at] === '\n') throw damaged('a text has no end');
      if (at >= text.length) throw endsTooEarly();
    }
    return text.slice(start, at++);
  };
  const bytes = (quote: string | undefined): Buffer => Buffer.from(unescapeBytes(upTo(quote)), 'latin1');

  const value = (depth: number): PlainValue => {
    if (--values < 0) throw tooMuch(`${MAX_VALUES.toLocaleString('en')} values`);
    if (depth > MAX_DEPTH) throw tooMuch(`${MAX_DEPTH} levels of nesting`);
    const closing = CLOSING[next()];
    if (closing !== undefined) {
      at++;
      return closing === '}' ? braces(depth + 1) : items(closing, depth + 1);
    }
    const quote = match(QUOTE);
    if (quote) return quote[1]?.toLowerCase() === 'b' ? bytes(quote[2]) : unescapeText(upTo(quote[2]));
    const number = match(NUMBER);
    if (number) return Number(number[0].replaceAll('_', ''));
    if (match(EMPTY_SET)) return [];
    const word = match(WORD);
    const known = word ? WORDS.get(word[0]) : undefined;
    if (known === undefined) throw damaged('it is not only plain data');
    return known;
  };

  /** Reads a list or tuple; one value in parentheses without a comma is that value. */
  const items = (closing: string, depth: number): PlainValue => {
    const found: PlainValue[] = [];
    while (!skip(closing)) {
      found.push(value(depth));
      if (skip(',')) continue;
      if (!skip(closing)) throw damaged('a comma is missing');
      return closing === ')' && found.length === 1 ? (found[0] ?? null) : found;
    }
    return found;
  };

  /** Reads a dict or a set. */
  const braces = (depth: number): PlainValue => {
    const dict = new Map<PlainValue, PlainValue>();
    if (skip('}')) return dict;
    const first = value(depth);
    if (!skip(':')) {
      if (skip('}')) return [first];
      if (!skip(',')) throw damaged('a comma is missing');
      const rest = items('}', depth);
      return Array.isArray(rest) ? [first, ...rest] : [first, rest];
    }
    dict.set(first, value(depth));
    while (!skip('}')) {
      if (!skip(',')) throw damaged('a comma is missing');
      if (skip('}')) break;
      const key = value(depth);
      if (!skip(':')) throw damaged('a dict has no value for a key');
      dict.set(key, value(depth));
    }
    return dict;
  };

  const result = value(0);
  match(SPACE);
  if (at < text.length) throw damaged('something follows the value');
  return result;
}

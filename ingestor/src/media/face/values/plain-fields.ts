/** Extracts single facts from plain values; null when a value has another type than expected. */
import { NumpyArray } from './numpy-array.ts';
import type { PlainDict, PlainValue } from './plain-value.ts';

/** Characters; no real path is longer. */
const MAX_TEXT = 4000;
const MAX_POINTS = 1000;

export type Point = [x: number, y: number];

export function dictOf(value: PlainValue | undefined): PlainDict | null {
  return value instanceof Map ? value : null;
}

/** Makes text acceptable to Postgres, which stores neither NUL characters nor lone surrogates. */
export function textOf(value: PlainValue | undefined): string | null {
  const text = value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;
  if (typeof text !== 'string' || text === '' || text.length > MAX_TEXT) return null;
  return text.toWellFormed().replaceAll('\0', '\u{FFFD}');
}

/** Returns a finite number; an array of one number counts as that number. */
export function numberOf(value: PlainValue | undefined): number | null {
  const number = value instanceof NumpyArray && value.length === 1 ? value.numbers()[0] : value;
  // Adding 0 turns -0 into 0.
  return typeof number === 'number' && Number.isFinite(number) ? number + 0 : null;
}

/** Returns a number that fits a Postgres `real`. */
export function realOf(value: PlainValue | undefined): number | null {
  const number = numberOf(value);
  if (number === null) return null;
  const real = Math.fround(number);
  if (!Number.isFinite(real)) return null;
  return Math.abs(real) < 1e-30 ? 0 : real;
}

/** @returns null when there are fewer than `count` items, or when one of the first `count` is not finite. */
export function numbersOf(value: PlainValue | undefined, count: number): number[] | null {
  const items = listOf(value, 3 * MAX_POINTS);
  if (items === null || items.length < count) return null;
  const numbers: number[] = [];
  for (let index = 0; index < count; index++) {
    const number = numberOf(items[index]);
    if (number === null) return null;
    numbers.push(number);
  }
  return numbers;
}

/**
 * Reads points in any of the usual forms: an array of shape (n, 2) or (1, n, 2), with a third coordinate ignored; a
 * list of pairs; a flat list. Rounded to a tenth.
 */
export function pointsOf(value: PlainValue | undefined): Point[] | null {
  const rows = rowsOf(value);
  if (rows === null || rows.length === 0 || rows.length > MAX_POINTS) return null;
  const points: Point[] = [];
  for (const row of rows) {
    const pair = numbersOf(row, 2);
    if (pair === null) return null;
    points.push([tenth(pair[0] ?? 0), tenth(pair[1] ?? 0)]);
  }
  return points;
}

function rowsOf(value: PlainValue | undefined): readonly PlainValue[] | null {
  if (value instanceof NumpyArray) {
    if (value.length > 3 * MAX_POINTS) return null;
    const width = value.shape.at(-1) ?? 0;
    return value.shape.length > 1 && (width === 2 || width === 3) ? inRows(value.numbers(), width) : null;
  }
  const items = listOf(value, 3 * MAX_POINTS);
  if (items === null) return null;
  const [only] = items;
  if (items.length === 1 && rowsWithin(only)) return rowsOf(only);
  return typeof only === 'number' && items.length % 2 === 0 ? inRows(items, 2) : items;
}

/** Returns true when a list's only item is the list of points itself. */
function rowsWithin(item: PlainValue | undefined): boolean {
  return item instanceof NumpyArray ? item.shape.length > 1 : Array.isArray(item) && typeof item[0] === 'object';
}

function inRows(values: readonly PlainValue[], width: number): PlainValue[] {
  return Array.from({ length: values.length / width }, (_, row) => values.slice(row * width, (row + 1) * width));
}

/** Returns the items of a list or an array, or null when there are more than `most`. */
function listOf(value: PlainValue | undefined, most: number): readonly PlainValue[] | null {
  if (value instanceof NumpyArray) return value.length <= most ? value.numbers() : null;
  return Array.isArray(value) && value.length <= most ? value : null;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}

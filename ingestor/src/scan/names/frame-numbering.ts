/** Determines how the files of a sequence write their numbers, such as `%04d`. Pure. */

export interface WrittenNumber {
  readonly negative: boolean;
  readonly digits: string;
}

export interface Numbering {
  /** The minimum number of digits. */
  readonly padding: number;
  /** Whether the sign counts as one of the digits, as in C, where `%04d` writes -003. Otherwise it writes -0003. */
  readonly signInside: boolean;
}

/**
 * Returns the numbering of each of several numbers whose names are otherwise the same. Leading zeros reveal a number's
 * padding. A number without them gets the widest padding that would have written it that way: 1000 beside 998 and 999,
 * or beside 0001, and 12 beside 3. Numbers that fit no padding are unpadded.
 */
export function numberingsOf(numbers: readonly WrittenNumber[]): Numbering[] {
  const padded = new Set<number>();
  const paddedNegative = new Set<number>();
  const negative = new Set<number>();
  for (const number of numbers) {
    const { length } = number.digits;
    if (isPadded(number)) (number.negative ? paddedNegative : padded).add(length);
    if (number.negative) negative.add(length);
  }
  const inside = new Set(
    [...padded].filter((width) => negative.has(width - 1) && !padded.has(width - 1) && !paddedNegative.has(width)),
  );
  const widths = new Set([...padded, ...[...paddedNegative].filter((width) => !inside.has(width + 1))]);
  const descending = [...widths].sort((a, b) => b - a);

  const widthOf = (number: WrittenNumber): number | null => {
    const { length } = number.digits;
    const withSign = (width: number) => (number.negative && inside.has(width) ? length + 1 : length);
    if (isPadded(number)) return descending.find((width) => width === withSign(width)) ?? null;
    return descending.find((width) => width <= withSign(width)) ?? null;
  };
  const found = numbers.map(widthOf);
  const unpadded = numbers.reduce(
    (least, { digits }, index) => (found[index] === null ? Math.min(least, digits.length) : least),
    Number.POSITIVE_INFINITY,
  );
  return found.map((width) => ({ padding: width ?? unpadded, signInside: width !== null && inside.has(width) }));
}

/** @returns the number as it would be written: 12 as '0012'. */
export function writeNumber(frame: number, { padding, signInside }: Numbering): string {
  if (frame >= 0) return String(frame).padStart(padding, '0');
  return `-${String(-frame).padStart(signInside ? padding - 1 : padding, '0')}`;
}

function isPadded({ digits }: WrittenNumber): boolean {
  return digits.length > 1 && digits.startsWith('0');
}

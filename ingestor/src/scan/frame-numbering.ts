/** How the files of a sequence write their numbers: `%04d` and its like. Pure. */

export interface WrittenNumber {
  readonly negative: boolean;
  readonly digits: string;
}

export interface Numbering {
  /** The least number of digits. */
  readonly padding: number;
  /** Whether the sign is one of them, as in C: `%04d` writes -003. Otherwise it is -0003. */
  readonly signInside: boolean;
}

/**
 * The numbering of each of some numbers that share all else of their names. A number with leading zeros
 * says its padding; one without goes with the widest padding that would have written it so: 1000 with
 * 998 and 999, or with 0001, and 12 with 3. Those that no padding would have written are unpadded.
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

/** @returns the inverse of reading it: 12 as '0012'. */
export function writeNumber(frame: number, { padding, signInside }: Numbering): string {
  if (frame >= 0) return String(frame).padStart(padding, '0');
  return `-${String(-frame).padStart(signInside ? padding - 1 : padding, '0')}`;
}

function isPadded({ digits }: WrittenNumber): boolean {
  return digits.length > 1 && digits.startsWith('0');
}

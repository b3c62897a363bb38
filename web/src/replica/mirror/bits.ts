/** Sets of row numbers, one bit for each row. */

export type Bits = Uint32Array<ArrayBuffer>;

/** Returns the number of words for `rows` rows. */
export function wordsFor(rows: number): number {
  return (rows + 31) >>> 5;
}

export function noBits(rows: number): Bits {
  return new Uint32Array(wordsFor(rows));
}

/** Returns the set of all rows below `rows`. */
export function allBits(rows: number): Bits {
  const bits = noBits(rows).fill(0xffff_ffff);
  if ((rows & 31) !== 0) bits[bits.length - 1] = 2 ** (rows & 31) - 1;
  return bits;
}

export function hasBit(bits: Bits, row: number): boolean {
  return (((bits[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
}

export function setBit(bits: Bits, row: number, on: boolean): void {
  const word = row >>> 5;
  if (on) bits[word] = (bits[word] as number) | (1 << (row & 31));
  else bits[word] = (bits[word] as number) & ~(1 << (row & 31));
}

/** Keeps in `bits` only the rows that are in `others` too. */
export function keepBits(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] as number) & (others[word] ?? 0);
}

/** Adds rows to `bits`. */
export function addBits(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] as number) | (others[word] ?? 0);
}

/** Removes rows from `bits`. */
export function dropBits(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] as number) & ~(others[word] ?? 0);
}

function countBits(bits: Bits): number {
  let count = 0;
  for (let word = 0; word < bits.length; word++) count += ones(bits[word] as number);
  return count;
}

/** Counts the rows that are in both sets. */
export function countCommon(bits: Bits, others: Bits): number {
  const length = Math.min(bits.length, others.length);
  let count = 0;
  for (let word = 0; word < length; word++) count += ones((bits[word] as number) & (others[word] as number));
  return count;
}

/** https://graphics.stanford.edu/~seander/bithacks.html#CountBitsSetParallel */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/** Returns the rows of a set, ascending. */
export function rowsOf(bits: Bits): Uint32Array<ArrayBuffer> {
  const rows = new Uint32Array(countBits(bits));
  let to = 0;
  for (let at = 0; at < bits.length; at++) {
    let word = bits[at] as number;
    if (word === -1 >>> 0) for (let bit = 0; bit < 32; bit++) rows[to++] = at * 32 + bit;
    else {
      while (word !== 0) {
        rows[to++] = at * 32 + 31 - Math.clz32(word & -word);
        word &= word - 1;
      }
    }
  }
  return rows;
}

/** Returns whether any row is in both sets. */
export function haveCommon(one: Bits, other: Bits): boolean {
  const words = Math.min(one.length, other.length);
  for (let word = 0; word < words; word++) if (((one[word] as number) & (other[word] as number)) !== 0) return true;
  return false;
}

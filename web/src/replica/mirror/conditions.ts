/** Finds the rows that meet a condition. */

import { foldText, searchWords } from '../model/fold-text.ts';
import type { Condition, NumberColumn, ValueColumn } from '../model/mirror-questions.ts';
import type { AssetTable } from './asset-table.ts';
import { addBits, allBits, type Bits, dropBits, keepBits, noBits, wordsFor } from './bits.ts';
import { TextSearch } from './text-search.ts';

/** Enough for the conditions of a list and those that it had just before. */
const KEPT = 64;

export class Conditions {
  readonly #table: AssetTable;
  readonly #text: TextSearch;
  readonly #kept = new Map<string, Bits>();
  #version = -1;

  constructor(table: AssetTable) {
    this.#table = table;
    this.#text = new TextSearch(table);
  }

  get byteLength(): number {
    let sum = this.#text.byteLength;
    for (const bits of this.#kept.values()) sum += bits.byteLength;
    return sum;
  }

  /** Returns the rows that meet a condition, present or not. The caller must not change them. */
  *rows(condition: Condition): Generator<void, Bits> {
    const { version } = this.#table;
    if (this.#version !== version) {
      this.#kept.clear();
      this.#version = version;
    }
    const key = JSON.stringify(condition);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const bits = yield* this.#find(condition);
    if (this.#table.version !== version) return bits;
    if (this.#kept.size >= KEPT) this.#kept.delete(this.#kept.keys().next().value as string);
    this.#kept.set(key, bits);
    return bits;
  }

  *#find(condition: Condition): Generator<void, Bits> {
    const table = this.#table;
    switch (condition.kind) {
      case 'all':
      case 'any': {
        const all = condition.kind === 'all';
        const found = all ? allBits(table.rows) : noBits(table.rows);
        for (const part of condition.of) (all ? keepBits : addBits)(found, yield* this.rows(part));
        return found;
      }
      case 'not': {
        const found = allBits(table.rows);
        dropBits(found, yield* this.rows(condition.of));
        return found;
      }
      case 'value':
        yield;
        return this.#withValue(condition.column, condition.values);
      case 'range':
        yield;
        return this.#within(condition.column, condition.from, condition.to, condition.below === true);
      case 'known':
        yield;
        return this.#within(condition.column, null, null, false);
      case 'flag':
        return sized(table.flagged[condition.flag], table.rows);
      case 'tag':
        return sized(table.tags.get(condition.tag), table.rows);
      case 'text': {
        const found = allBits(table.rows);
        const byName = condition.in === 'name';
        for (const word of searchWords(condition.text))
          keepBits(found, yield* byName ? this.#text.inName(word) : this.#text.containing(word));
        return found;
      }
      case 'name':
        return yield* this.#text.called(foldText(condition.pattern));
    }
  }

  #withValue(column: ValueColumn, values: readonly (string | null)[]): Bits {
    const table = this.#table;
    const { codes, unknown } = table.codes[column];
    const accepted = Uint8Array.from(table.valuesOf(column), (value) => (values.includes(value) ? 1 : 0));
    const acceptsUnknown = values.includes(null) ? 1 : 0;
    const bits = noBits(table.rows);
    if (acceptsUnknown === 0 && !accepted.includes(1)) return bits;
    for (let word = 0, row = 0; word < bits.length; word++) {
      let found = 0;
      const end = Math.min(row + 32, table.rows);
      for (let bit = 0; row < end; row++, bit++) {
        const code = codes[row] as number;
        found |= (code === unknown ? acceptsUnknown : (accepted[code] as number)) << bit;
      }
      bits[word] = found;
    }
    return bits;
  }

  #within(column: NumberColumn, from: number | null, to: number | null, below: boolean): Bits {
    const table = this.#table;
    const data = table.numbers[column];
    const bits = noBits(table.rows);
    const { numbers } = data;
    if (numbers === null) return bits;
    const least = from === null ? Number.NEGATIVE_INFINITY : data.bound(from);
    const most = to === null ? Number.POSITIVE_INFINITY : data.bound(to);
    const isInteger = numbers instanceof Int32Array;
    for (let word = 0, row = 0; word < bits.length; word++) {
      let found = 0;
      const end = Math.min(row + 32, table.rows);
      for (let bit = 0; row < end; row++, bit++) {
        // Comparisons with NaN, an unknown number, are false.
        const value = isInteger ? data.get(row) : (numbers[row] as number);
        if (value >= least && (below && to !== null ? value < most : value <= most)) found |= 1 << bit;
      }
      bits[word] = found;
    }
    return bits;
  }
}

/** Returns a set as long as the rows need. */
function sized(bits: Bits | undefined, rows: number): Bits {
  return bits?.slice(0, wordsFor(rows)) ?? noBits(rows);
}

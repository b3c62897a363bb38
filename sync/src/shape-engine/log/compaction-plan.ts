import type { StoredMessage } from './merge-updates.ts';

/** What becomes of a message. */
export const FATE = {
  keep: 0,
  /** Goes into the next update of its key. */
  merge: 1,
  /** Takes what was merged into it. */
  target: 2,
  /** Goes, and all that was merged into it: its row is deleted next. */
  drop: 3,
} as const;

/** Added to a fate: the transaction's last message that remains, where it was not the last before. */
export const BECOMES_LAST = 4;

/**
 * Decides about the messages of a stretch of log, in order. Of updates of one key with nothing but updates between
 * them the last remains; those before a delete of the key go. Pure; it holds a number for each message, and keys.
 */
export class CompactionPlan {
  readonly #fates: number[] = [];
  /** Of the last message of each transaction. */
  readonly #ends: number[] = [];
  /** Per key, the update that the next one would take in. */
  readonly #updates = new Map<string, number>();

  add({ key, headers }: StoredMessage, endsTransaction: boolean): void {
    const place = this.#fates.push(FATE.keep) - 1;
    if (endsTransaction) this.#ends.push(place);
    if (key === undefined) return;
    const before = this.#updates.get(key);
    if (headers.operation === 'update') {
      if (before !== undefined) {
        this.#fates[before] = FATE.merge;
        this.#fates[place] = FATE.target;
      }
      this.#updates.set(key, place);
    } else {
      if (before !== undefined && headers.operation === 'delete') this.#fates[before] = FATE.drop;
      this.#updates.delete(key);
    }
  }

  /** @returns a fate for each message, some with BECOMES_LAST; null when all would be kept. */
  finish(): Uint8Array | null {
    const fates = Uint8Array.from(this.#fates);
    const goes = (fate: number) => fate === FATE.merge || fate === FATE.drop;
    if (!fates.some(goes)) return null;
    let start = 0;
    for (const end of this.#ends) {
      const remaining = fates.subarray(start, end + 1).findLastIndex((fate) => !goes(fate));
      if (remaining !== -1 && start + remaining !== end)
        fates[start + remaining] = (fates[start + remaining] ?? 0) | BECOMES_LAST;
      start = end + 1;
    }
    return fates;
  }
}

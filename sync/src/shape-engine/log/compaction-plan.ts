import type { StoredMessage } from './merge-updates.ts';

/** Outcome of compaction for a message. */
export const FATE = {
  keep: 0,
  /** Is merged into the next update of its key. */
  merge: 1,
  /** Receives the updates merged into it. */
  target: 2,
  /** Is dropped, with all updates merged into it: its row is deleted next. */
  drop: 3,
} as const;

/** Added to the fate of a message that becomes the last of its transaction because later ones are removed. */
export const BECOMES_LAST = 4;

/**
 * Decides the fates of messages in a stretch of log, in order. Of consecutive updates of one key only the last remains,
 * and those before a delete of the key are dropped. Pure; holds the keys and one number per message.
 */
export class CompactionPlan {
  readonly #fates: number[] = [];
  /** Place of each transaction's last message. */
  readonly #ends: number[] = [];
  /** For each key, the update that would be merged into the next one. */
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

  /** @returns a fate for each message, some with BECOMES_LAST; null when all messages are kept. */
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

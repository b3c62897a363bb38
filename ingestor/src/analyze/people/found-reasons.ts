/** Collects the reasons for which a name may be a person's. */

export interface Reasons {
  /** The sum of the reasons' weights. */
  readonly weight: number;
  /** As the rest of a sentence: 'Jane is a given name'. */
  readonly sentences: readonly string[];
}

/** A person needs this much; the weight of a strong reason. */
export const ENOUGH = 2;

export interface Found extends Reasons {
  weight: number;
  /** Whether a reason is about the name itself. */
  isName: boolean;
  readonly sentences: string[];
  /** The only reason about the name is how it is written. */
  isOnlyWritten?: boolean;
}

/** @param isName whether the reason is about the name itself. */
export function add(found: Found, weight: number, sentence: string, isName: boolean): void {
  found.weight += weight;
  found.isName ||= isName;
  found.sentences.push(sentence);
}

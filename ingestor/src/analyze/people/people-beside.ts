/** Finds the people among whose names another stands: in folders of the same depth, and at the same place of files' names. */
import { entryOf } from '../names/entry-of.ts';
import type { Candidate, Candidates } from './candidates.ts';
import { ENOUGH, type Found } from './found-reasons.ts';

export interface Levels {
  /** Names of people's folders at each depth. */
  readonly names: ReadonlyMap<number, readonly Candidate[]>;
  share(candidate: Candidate): number;
  /** Whether a name looks like those of the people there: one word or several, with or without capitals. */
  isLikeThem(candidate: Candidate): boolean;
}

/** Finds the depths at which folders have people's names. */
export function peopleByDepth(found: ReadonlyMap<Candidate, Found>): Levels {
  const names = new Map<number, Candidate[]>();
  const all = new Map<number, number>();
  for (const [candidate, { isName, isOnlyWritten, weight }] of found) {
    for (const depth of new Set(candidate.wholeFolders.map((folder) => folder.depth))) {
      all.set(depth, (all.get(depth) ?? 0) + 1);
      if (isName && weight >= (isOnlyWritten === true ? ENOUGH : 1)) entryOf(names, depth, () => []).push(candidate);
    }
  }
  return {
    names,
    isLikeThem: (candidate) => {
      const others = candidate.wholeFolders.flatMap(({ depth }) => names.get(depth) ?? []);
      const isAlike = (one: Candidate) =>
        one !== candidate && isOne(one) === isOne(candidate) && isSmall(one) === isSmall(candidate);
      return others.some(isAlike);
    },
    share: ({ wholeFolders }) =>
      Math.max(0, ...wholeFolders.map(({ depth }) => (names.get(depth)?.length ?? 0) / (all.get(depth) ?? 1))),
  };
}

/** Returns another person at the depth of a candidate's folders. */
export function besidePeople(candidate: Candidate, { names }: Levels): Candidate | null {
  for (const { depth } of candidate.wholeFolders) {
    const other = names.get(depth)?.find((one) => one !== candidate);
    if (other !== undefined) return other;
  }
  return null;
}

/** Returns a function that tells how many of the other names in a candidate's place sound like people's, 0 to 1. */
export function namesInSlots(
  { slots, byKey }: Candidates,
  found: ReadonlyMap<Candidate, Found>,
): (one: Candidate) => number {
  const names = new Map<string, number>();
  for (const [slot, keys] of slots) {
    let count = 0;
    for (const key of keys) if (found.get(byKey.get(key) as Candidate)?.isName === true) count += 1;
    names.set(slot, count);
  }
  return (candidate) => {
    const shares = [...candidate.slots].map((slot) => {
      const others = (slots.get(slot)?.size ?? 0) - 1;
      return others < 1 ? 0 : (names.get(slot) ?? 0) / others;
    });
    return Math.max(0, ...shares);
  };
}

function isOne({ words }: Candidate): boolean {
  return words.length === 1;
}

function isSmall({ words }: Candidate): boolean {
  return words.every(({ text }) => text === text.toLowerCase() && text !== text.toUpperCase());
}

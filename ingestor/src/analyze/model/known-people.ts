/** The people whom the rules found in a delivery, and the project's subjects: finds the person whom a form of a name means. */
import { entryOf } from '../names/entry-of.ts';
import { spellings } from '../names/fold.ts';
import { wordsOf } from '../names/read-name.ts';
import { Tokeniser } from '../names/tokens.ts';
import { type Candidate, candidateOfSubject } from '../people/candidates.ts';
import { unite } from '../people/same-person.ts';
import { SHARED_SUBJECT } from '../rules/layout.ts';

export interface KnownPeople {
  /** Returns the names of all people whom a form may mean: 'janedoe', 'jdoe', 'jd'; [] for none. */
  named(form: string): readonly string[];
  /** Whether a word in one spelling is a part of a person's name, as 'plate' is of 'Harold Plate'. */
  hasWord(spelling: string): boolean;
}

/** @param subjects as the rules and the project have them; 'SUBJ_001' and 'kitchen' are no one's names. */
export function knownPeople(subjects: Iterable<string>): KnownPeople {
  const candidates: Candidate[] = [];
  const names = [...new Set(subjects)].filter((name) => {
    const candidate = name === SHARED_SUBJECT ? null : candidateOfSubject(name);
    if (candidate !== null) candidates.push(candidate);
    // Only words for things: a person's in 'Sky Harbour', a thing in 'kitchen'.
    return candidate !== null || (wordsOf(name).length > 1 && !/\p{N}/u.test(name));
  });
  const people = unite(new Map(), new Map(candidates.map((one) => [one, 'it is known'])));
  const tokeniser = new Tokeniser();
  const words = new Set(
    names.flatMap((name) => tokeniser.tokensOf(name).tokens.flatMap(({ text }) => spellings(text))),
  );
  // A whole name means its own subject: the rules may know that 'Müller' is not 'Jürgen Müller' here.
  const whole = new Map<string, Set<string>>();
  for (const name of names) {
    for (const form of spellings(name.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ''))) {
      entryOf(whole, form, () => new Set<string>()).add(name);
    }
  }
  return {
    named: (form) => [...(whole.get(form) ?? people.named(form).map(({ name }) => name))],
    hasWord: (spelling) => words.has(spelling),
  };
}

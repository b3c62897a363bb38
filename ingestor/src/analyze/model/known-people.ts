/** The people whom the rules found in a delivery, and the project's subjects: finds the person whom a form of a name means. */
import { entryOf } from '../names/entry-of.ts';
import { spellings } from '../names/fold.ts';
import { candidateOfSubject } from '../people/candidates.ts';
import { unite } from '../people/same-person.ts';
import { SHARED_SUBJECT } from '../rules/layout.ts';

export interface KnownPeople {
  /** Returns the names of all people whom a form may mean: 'janedoe', 'jdoe', 'jd'; [] for none. */
  named(form: string): readonly string[];
}

/** @param subjects as the rules and the project have them; numbered ones such as 'SUBJ_001' are no one's names. */
export function knownPeople(subjects: Iterable<string>): KnownPeople {
  const names = [...new Set(subjects)].filter((name) => name !== SHARED_SUBJECT);
  const candidates = names.map(candidateOfSubject);
  const people = unite(
    new Map(),
    candidates.filter((candidate) => candidate !== null),
  );
  // A whole name means its own subject: the rules may know that 'Müller' is not 'Jürgen Müller' here.
  const whole = new Map<string, Set<string>>();
  for (const [index, name] of names.entries()) {
    if (candidates[index] === null && /\p{N}/u.test(name)) continue;
    for (const form of spellings(name.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ''))) {
      entryOf(whole, form, () => new Set<string>()).add(name);
    }
  }
  return { named: (form) => [...(whole.get(form) ?? people.named(form).map(({ name }) => name))] };
}

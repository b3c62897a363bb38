/** Unites the names of one person: 'JANE_DOE', 'Jane Doe' and 'JDOE', 'Müller' and 'Mueller'. */
import { eastAsianFamily } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import { hasNoCase } from '../names/fold.ts';
import type { Token } from '../names/tokens.ts';
import { type Candidate, textOf } from './candidates.ts';
import { extended } from './extended-names.ts';
import { ENOUGH, type Reasons } from './found-reasons.ts';
import { uniteMisspelled } from './misspelled.ts';
import { mostReadable } from './most-readable.ts';
import { fullForms, shortForms, spelled } from './name-forms.ts';
import { areSiblings } from './siblings.ts';
import { soundKey } from './sound-key.ts';

export interface Person {
  /** As it is written most readably. */
  readonly name: string;
  /** Words of the longest form, folded. */
  readonly words: readonly string[];
  readonly reasons: Reasons;
  readonly candidates: readonly Candidate[];
}

export interface People {
  readonly people: readonly Person[];
  /** Returns the people that a form of a name may mean; [] for none. */
  named(form: string): readonly Person[];
  /** One sentence for each name that may mean several people. */
  readonly doubts: readonly string[];
}

/** @param subjects people who are known before, and why: a person who is one of them keeps that spelling. */
export function unite(
  inDelivery: ReadonlyMap<Candidate, Reasons>,
  subjects: ReadonlyMap<Candidate, string> = new Map(),
): People {
  const known = new Set(subjects.keys());
  const found = new Map<Candidate, Reasons>([
    ...inDelivery,
    ...[...subjects].map(([subject, because]) => [subject, { weight: ENOUGH, sentences: [because] }] as const),
  ]);
  for (const candidate of extended([...found.keys()])) if (!known.has(candidate)) found.delete(candidate);
  const { groups, doubts } = groupsOf([...found.keys()], known);
  uniteMisspelled(groups, found);
  const people = groups.map((group): Person => {
    const [first] = group as [Candidate];
    const best = group.reduce((a, b) => ((found.get(b)?.weight ?? 0) > (found.get(a)?.weight ?? 0) ? b : a));
    return {
      name: nameOf(group, known),
      words: first.words.map(({ key }) => key),
      reasons: found.get(best) ?? { weight: 0, sentences: [] },
      candidates: group,
    };
  });
  const byForm = peopleByForm(people);
  return { people, named: (form) => [...(byForm.get(form) ?? [])], doubts };
}

/** Groups names by the person whom they mean; a name that may mean two people is in no group, but a doubt. */
function groupsOf(
  candidates: readonly Candidate[],
  known: ReadonlySet<Candidate>,
): { groups: Candidate[][]; doubts: string[] } {
  const groups: Candidate[][] = [];
  const byName = new Map<string, Candidate[]>();
  const byShort = new Map<string, Set<Candidate[]>>();
  const bySound = new Map<string, Candidate[]>();
  const doubts: string[] = [];
  // Longest names first: shorter ones may be forms of them.
  const bySize = candidates.toSorted((a, b) => sizeOf(b) - sizeOf(a) || (a.key < b.key ? -1 : 1));
  for (const candidate of bySize) {
    const words = spelled(candidate);
    const forms = fullForms(words);
    const sound = candidate.words.map(({ key }) => soundKey(key)).join(' ');
    let group = forms.map((form) => byName.get(form)).find((same) => same !== undefined);
    const alike = bySound.get(sound);
    if (group === undefined && alike?.every((one) => isOtherSpelling(candidate, one)) === true) group = alike;
    if (group === undefined) {
      const longer = [...new Set(forms.flatMap((form) => [...(byShort.get(form) ?? [])]))];
      if (longer.length > 1) {
        doubts.push(`${textOf(candidate)} may be ${either(longer.map((one) => nameOf(one, known)))}.`);
        continue;
      }
      const [only] = longer;
      group = only === undefined || only.some((other) => areSiblings(candidate, other)) ? [] : only;
      if (group.length === 0) groups.push(group);
    }
    group.push(candidate);
    for (const form of forms) byName.set(form, group);
    if (!bySound.has(sound)) bySound.set(sound, group);
    for (const form of shortForms(words)) entryOf(byShort, form, () => new Set<Candidate[]>()).add(group);
  }
  return { groups, doubts };
}

const MIN_SPELLED = 4;

/** Whether two names of several words differ in the spelling of one: folders side by side are two people's. */
function isOtherSpelling(candidate: Candidate, other: Candidate): boolean {
  const { words } = candidate;
  const different = words.filter(({ key }, index) => other.words[index]?.key !== key);
  const [only, another] = different;
  if (only === undefined || another !== undefined || words.length < 2 || words.length !== other.words.length)
    return false;
  return only.key.length >= MIN_SPELLED && !areSiblings(candidate, other);
}

function peopleByForm(people: readonly Person[]): Map<string, Set<Person>> {
  const byForm = new Map<string, Set<Person>>();
  const named = people.flatMap((person) => person.candidates.map((candidate) => [person, spelled(candidate)] as const));
  for (const [person, words] of named) {
    for (const form of [...fullForms(words), ...shortForms(words)]) {
      entryOf(byForm, form, () => new Set<Person>()).add(person);
    }
  }
  // A whole name means that person, even if it is a part of another's.
  for (const [person, words] of named) for (const form of fullForms(words)) byForm.set(form, new Set([person]));
  return byForm;
}

/** Orders names by their words, initials last: 'T_VASSAL' may be a form of 'Theo Vassal', 'tanaka' of '田中花子'. */
function sizeOf({ words, key }: Candidate): number {
  const whole = words.filter((word) => word.key.length > 1).length;
  return 1000 * (words.some(isFamilyAndGiven) ? whole + 1 : whole) + key.length;
}

function isFamilyAndGiven({ text }: Token): boolean {
  const family = eastAsianFamily(text)?.family;
  return family !== undefined && family !== text;
}

function nameOf(group: readonly Candidate[], subjects: ReadonlySet<Candidate>): string {
  const subject = group.find((candidate) => subjects.has(candidate));
  if (subject !== undefined) return textOf(subject);
  const most = Math.max(...group.map(({ words }) => words.length));
  const whole = group.filter(({ words }) => words.length === most).toSorted(byPlaces);
  const forms = new Set(whole.slice(0, 1).flatMap((first) => fullForms(spelled(first))));
  const sameSpelling = whole.filter((one) => fullForms(spelled(one)).some((form) => forms.has(form)));
  return mostReadable(sameSpelling.flatMap(({ texts: of }) => [...of]));
}

/** Orders spellings of one name: whole names before '佐藤' of '佐藤健一', then those in more places, then those that come first. */
function byPlaces(a: Candidate, b: Candidate): number {
  const lengthOf = ({ words, key }: Candidate) => (words.every(({ text }) => hasNoCase(text)) ? key.length : 0);
  const placesOf = ({ folders, groups }: Candidate) => folders.length + groups.length;
  return lengthOf(b) - lengthOf(a) || placesOf(b) - placesOf(a) || (firstPlaceOf(a) < firstPlaceOf(b) ? -1 : 1);
}

function firstPlaceOf({ folders, groups }: Candidate): string {
  return folders[0]?.path ?? groups[0]?.folder.path ?? '';
}

function either(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** Gives each file the person that its folders, its name, or another version of its recording names. */
import type { AssetType } from '@ingesthub/schema/library/vocabulary.ts';
import { isThing, KIND } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import type { FileGroup, NameTree } from '../names/name-tree.ts';
import { foldersUp } from '../names/name-tree.ts';
import { type Candidate, candidateOfSubject, candidatesIn, candidatesOfName } from '../people/candidates.ts';
import { extended } from '../people/extended-names.ts';
import type { Reasons } from '../people/found-reasons.ts';
import { shortForms, spelled } from '../people/name-forms.ts';
import { isNamedForShow, isOfOthers } from '../people/names-of-others.ts';
import { type Mention, mentions } from '../people/people-in.ts';
import { people as peopleAmong, reasonsAlone } from '../people/reasons.ts';
import { type Person, unite } from '../people/same-person.ts';
import { type LayoutFile, SHARED_SUBJECT } from '../rules/layout.ts';
import type { KnownPerson } from '../rules/said-names.ts';
import { recordingOf } from './recordings.ts';

export interface PersonPlaced {
  readonly subject: string;
  readonly confidence: number;
  /** A sentence. */
  readonly because: string;
  /** The name may mean several people. */
  readonly isDoubt?: boolean;
}

export interface PeoplePlaced {
  /** In the files' order. */
  readonly placed: readonly PersonPlaced[];
  readonly evidence: readonly string[];
  /** Returns the name of a file's recording, which all its versions share; '' for none. */
  recordingOf(index: number): string;
}

/** How certain each way of finding a person is. They rank placements; they are no probabilities. */
const CONFIDENCE = { folder: 0.9, name: 0.85, recording: 0.75, delivery: 0.7, several: 0.6, none: 0.5 } as const;

/** @param roles in the files' order. @param subjects people who are known before. */
export function placePeople(
  files: readonly LayoutFile[],
  tree: NameTree,
  roles: readonly AssetType[],
  subjects: readonly KnownPerson[],
): PeoplePlaced {
  const known = new Map<Candidate, string>();
  for (const { name, because } of subjects) {
    const candidate = candidateOfSubject(name);
    if (candidate !== null) known.set(candidate, because);
  }
  const keys = new Map([...known].map(([{ key }, because]) => [key, because]));
  const found = peopleAmong(candidatesIn(tree), keys, tree);
  const longer = longerInDelivery(tree, found);
  if (longer !== null) found.set(...longer);
  const first = unite(found, known);
  const ofSeveral = foldersOfSeveral(tree, mentions(first, tree));
  for (const { candidates } of ofSeveral) for (const candidate of candidates) found.delete(candidate);
  const people = ofSeveral.size === 0 ? first : unite(found, known);
  const read = mentions(people, tree);

  const byGroup = new Map<FileGroup, PersonPlaced | null>();
  for (const group of people.people.length === 0 ? [] : tree.groups) byGroup.set(group, personOfGroup(group, read));
  const inside = new Set(
    [...byGroup.values()].flatMap((placed) =>
      placed === null || placed.subject === SHARED_SUBJECT ? [] : [placed.subject],
    ),
  );
  const ofDelivery = personOfDelivery(tree, keys, read, inside);
  const isBesideOwner = foldersBeside(people.people, ofDelivery);
  const recordings: string[] = [];
  const recording = (index: number): string => {
    const known = recordings[index];
    if (known !== undefined) return known;
    const { reading } = tree.groupOf[index] as FileGroup;
    const name = recordingOf(reading, stemWithin(files[index]?.relativePath ?? ''), read(reading).tokens);
    recordings[index] = name;
    return name;
  };
  const byRecording = peopleByRecording(files, tree, byGroup, recording);
  const counts = new Map<string, number>();
  const placed = files.map((_, index): PersonPlaced => {
    const group = tree.groupOf[index] as FileGroup;
    const direct = byGroup.get(group) ?? null;
    const said = direct?.isDoubt === true ? null : direct;
    const isElsewhere = ofDelivery !== null && isBesideOwner(group);
    const result = said ?? byRecording(index, roles[index]) ?? direct ?? (isElsewhere ? null : ofDelivery) ?? NOT_NAMED;
    counts.set(result.subject, (counts.get(result.subject) ?? 0) + 1);
    return result;
  });
  return {
    placed,
    evidence: [
      ...people.people.filter(isHere).map(sentence),
      ...(ofDelivery === null ? [] : [ofDelivery.because]),
      ...people.doubts,
      ...sharedSentence(counts, files.length),
    ],
    recordingOf: recording,
  };
}

const NOT_NAMED: PersonPlaced = {
  subject: SHARED_SUBJECT,
  confidence: CONFIDENCE.none,
  because: 'No name says who it is.',
};

/** Returns the names of one word, of folders in which files have the full names of several others: 'Hang' may be a word for sound. */
function foldersOfSeveral(tree: NameTree, read: (reading: FileGroup['reading']) => Mention): ReadonlySet<Person> {
  const inFolders = new Map<Person, Set<Person>>();
  for (const { folder, reading } of tree.groups) {
    for (const { reading: above } of foldersUp(folder)) {
      const [person, another] = read(above).people;
      if (person === undefined || another !== undefined || person.words.length > 1) continue;
      for (const one of read(reading).people) {
        if (one !== person && one.words.length > 1) entryOf(inFolders, person, () => new Set<Person>()).add(one);
      }
    }
  }
  return new Set([...inFolders].flatMap(([person, others]) => (others.size > 1 ? [person] : [])));
}

/** Returns the full name that the delivery's own name has of the only person in it: 'cv_jane' in 'Selftape_Jane_Doe'. */
function longerInDelivery({ root }: NameTree, found: ReadonlyMap<Candidate, Reasons>): [Candidate, Reasons] | null {
  const candidates = [...found.keys()];
  const isMore = new Set(extended(candidates));
  const [only, another] = candidates.filter((one) => !isMore.has(one));
  const [inName, other] = candidatesOfName(root.reading).filter(({ words }) => words.length > 1);
  if (only === undefined || another !== undefined || inName === undefined || other !== undefined) return null;
  const isLonger = only.words.length === 1 && shortForms(spelled(inName)).includes(only.key);
  return isLonger && !isOfOthers(inName) ? [inName, found.get(only) as Reasons] : null;
}

function personOfGroup(group: FileGroup, read: (reading: FileGroup['reading']) => Mention): PersonPlaced | null {
  const inName = read(group.reading);
  for (const folder of foldersUp(group.folder)) {
    const { people, doubts } = read(folder.reading);
    const [only, another] = people;
    if (another !== undefined) {
      // A folder of two people: the file's own name may tell which.
      const [own, other] = inName.people.filter((person) => people.includes(person));
      return own !== undefined && other === undefined ? byName(own, group) : several(people);
    }
    if (only !== undefined) {
      return {
        subject: only.name,
        confidence: CONFIDENCE.folder,
        because: `${only.name}, from the folder ${folder.name}.`,
      };
    }
    const [doubt] = doubts;
    if (doubt !== undefined && inName.people.length === 0) return doubtful(doubt);
  }
  const [only, another] = inName.people;
  if (another !== undefined) return several(inName.people);
  if (only !== undefined) return byName(only, group);
  const [doubt] = inName.doubts;
  return doubt === undefined ? null : doubtful(doubt);
}

function byName(person: Person, { reading }: FileGroup): PersonPlaced {
  return {
    subject: person.name,
    confidence: CONFIDENCE.name,
    because: `${person.name}, from the file's name (${reading.name}).`,
  };
}

function several(people: readonly Person[]): PersonPlaced {
  const names = people.map(({ name }) => name).join(' and ');
  return { subject: SHARED_SUBJECT, confidence: CONFIDENCE.several, because: `${names} are both named.` };
}

function doubtful(doubt: string): PersonPlaced {
  return { subject: SHARED_SUBJECT, confidence: CONFIDENCE.several, because: `${doubt}.`, isDoubt: true };
}

/** Returns a function that finds the person whom all other versions of a recording show. */
function peopleByRecording(
  files: readonly LayoutFile[],
  tree: NameTree,
  byGroup: ReadonlyMap<FileGroup, PersonPlaced | null>,
  recordingOf: (index: number) => string,
): (index: number, role: AssetType | undefined) => PersonPlaced | null {
  const all = [...byGroup.values()];
  const isOpen = all.some((placed) => placed === null || placed.isDoubt === true);
  const needed = isOpen && all.some((placed) => placed !== null && placed.isDoubt !== true);
  const people = new Map<string, string | null>();
  if (needed) {
    for (const [index, file] of files.entries()) {
      const group = tree.groupOf[index] as FileGroup;
      const placed = byGroup.get(group);
      const isSaid = placed !== null && placed !== undefined && placed.isDoubt !== true;
      if (!isSaid || file.fileType === 'audio' || file.fileType === 'other') continue;
      const { subject } = placed;
      const recording = recordingOf(index);
      if (recording === '') continue;
      const known = people.get(recording);
      // A recording of two people names neither.
      people.set(recording, known === undefined || known === subject ? subject : null);
    }
  }
  return (index, role) => {
    if (people.size === 0 || !mayAdopt(tree.groupOf[index] as FileGroup, role)) return null;
    const recording = recordingOf(index);
    const subject = recording === '' ? null : (people.get(recording) ?? null);
    if (subject === null || subject === SHARED_SUBJECT) return null;
    return {
      subject,
      confidence: CONFIDENCE.recording,
      because: `${subject}, from another version of the same recording.`,
    };
  };
}

/**
 * Whether a file may take its person from another version. A recording as such may not, unless its clip's name is unique:
 * 'take 1' and 'C0001' are recorded by every camera of every person.
 */
function mayAdopt({ reading }: FileGroup, role: AssetType | undefined): boolean {
  const isUnique = reading.clip?.device === 'reel' && reading.clip.names === 'clip';
  return isUnique || role === 'graded' || role === 'proxy' || role === 'audio';
}

/** Reads the delivery's own name, which counts when no name inside it is another person's. */
function personOfDelivery(
  tree: NameTree,
  subjects: ReadonlyMap<string, string>,
  read: (reading: FileGroup['reading']) => Mention,
  inside: ReadonlySet<string>,
): PersonPlaced | null {
  const {
    people: [subject, other],
    tokens: used,
  } = read(tree.root.reading);
  if (subject !== undefined) {
    // 'Bella_the_dog_and_Jane' is not Jane's alone.
    const isOther = tree.root.reading.tokens.some(
      (token) => !used.has(token) && (token.kinds & KIND.given) !== 0 && !isThing(token.kinds),
    );
    const isOnly = other === undefined && !isOther && [...inside].every((name) => name === subject.name);
    return isOnly ? byDelivery(subject) : null;
  }
  if (inside.size > 0) return null;
  const performer = performerIn(tree);
  if (performer !== null) return performer;
  if (isNamedForShow(tree.root.reading)) return null;
  const found = new Map(
    candidatesOfName(tree.root.reading).flatMap((candidate) => {
      const reasons = reasonsAlone(candidate, subjects, tree.root.name);
      return reasons === null ? [] : [[candidate, reasons] as const];
    }),
  );
  const [only, another] = unite(found).people;
  if (only === undefined || another !== undefined) return null;
  return byDelivery(only);
}

/**
 * Returns whether a group lies in a folder beside one of the delivery's person that has a name of its own: 'Bella (dog)'
 * beside 'Jane Doe' is not hers.
 */
function foldersBeside(people: readonly Person[], placed: PersonPlaced | null): (group: FileGroup) => boolean {
  const owner = people.find(({ name }) => name === placed?.subject);
  const folders = owner?.candidates.flatMap(({ wholeFolders }) => wholeFolders) ?? [];
  const around = new Set(folders.map(({ parent }) => parent));
  if (around.size === 0) return () => false;
  return ({ folder }) => foldersUp(folder).some(({ parent, reading }) => around.has(parent) && isNamed(reading));
}

/** Whether a name has a word in no list, or a given name, with a capital. */
function isNamed({ tokens }: FileGroup['reading']): boolean {
  return tokens.some(({ kinds, text }) => (kinds === 0 || (kinds & KIND.given) !== 0) && text !== text.toLowerCase());
}

const MIN_PERFORMANCES = 2;

/**
 * Finds the only unknown word in a delivery's name without days and numbers, when all pictures begin with it and show
 * parts of a person: 'perpetua_head_01', 'perpetua_hands_01'. A show has days, scenes or takes.
 */
function performerIn({ root, groups }: NameTree): PersonPlaced | null {
  const [word, another] = root.reading.tokens.filter(({ kinds }) => kinds === 0);
  if (word === undefined || another !== undefined || (root.reading.kinds & OF_SHOWS) !== 0) return null;
  const performances = new Set<string>();
  for (const { reading, hasPictures } of groups) {
    const [first, next] = reading.tokens;
    if (hasPictures && first?.key !== word.key) return null;
    if (hasPictures && next !== undefined && (next.kinds & KIND.capture) !== 0) performances.add(next.key);
  }
  if (performances.size < MIN_PERFORMANCES) return null;
  const because = `${word.text}, from the name of the package's folder: performances have this name.`;
  return { subject: word.text, confidence: CONFIDENCE.delivery, because };
}
const OF_SHOWS = KIND.counted | KIND.day | KIND.number | KIND.code;

function byDelivery({ name, reasons }: Person): PersonPlaced {
  const because = `${name}, from the name of the package's folder: ${why(reasons)}.`;
  return { subject: name, confidence: CONFIDENCE.delivery, because };
}

/** Whether a name of the delivery is the person's; a subject of the project may have none here. */
function isHere({ candidates }: Person): boolean {
  return candidates.some(({ folders, groups }) => folders.length + groups.length > 0);
}

function sentence({ name, reasons, candidates }: Person): string {
  const others = [...new Set(candidates.flatMap(({ texts }) => [...texts.keys()]))].filter((text) => text !== name);
  const same = others.length === 0 ? '' : ` Also written ${others.slice(0, 3).join(', ')}.`;
  return `${name} is a person: ${why(reasons)}.${same}`;
}

function why({ sentences }: Reasons): string {
  return sentences.slice(0, 3).join(', ');
}

function sharedSentence(counts: ReadonlyMap<string, number>, all: number): string[] {
  const shared = counts.get(SHARED_SUBJECT) ?? 0;
  return shared === 0 ? [] : [`No person is named for ${shared} of ${all} files; their subject is shared.`];
}

function stemWithin(relativePath: string): string {
  const name = relativePath.slice(relativePath.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

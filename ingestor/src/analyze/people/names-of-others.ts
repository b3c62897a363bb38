/** Finds the names of the crew, projects, places, characters and things: they are no subjects, also where they stand alone. */
import { KIND } from '../names/dictionary.ts';
import { foldersUp, type NameTree, type TreeFolder } from '../names/name-tree.ts';
import type { NameReading } from '../names/read-name.ts';
import {
  OF_ANIMALS,
  PARTS_OF_SHOW,
  SOFTWARE,
  SOFTWARE_WITH_NAMES,
  WITHOUT_PEOPLE,
} from '../names/words/people-words.ts';
import { isThingByFolder } from './about-name.ts';
import { type Candidate, candidatesOfName } from './candidates.ts';
import { fullForms, shortForms, spelled } from './name-forms.ts';
import { type Run, soundsLikeName } from './runs.ts';
import { isWordOfName } from './written-as-name.ts';

const MIN_SHORT = 3;
const INITIALS = /^\p{Lu}{2,4}$/u;
const animals = new Set(OF_ANIMALS.split(/\s+/));
const software = new Set(SOFTWARE.split(/\s+/));
const softwareWithNames = new Set(SOFTWARE_WITH_NAMES.split(/\s+/));
const partsOfShow = new Set([PARTS_OF_SHOW, WITHOUT_PEOPLE].flatMap((list) => list.split(/\s+/)));

/** Returns a function that tells whose names are others': 'op Mark' makes 'report Mark' the operator's. A folder with the name alone is a person's. */
export function namesOfOthers(candidates: readonly Candidate[], tree: NameTree): (one: Candidate) => boolean {
  const root = tree.root.reading;
  const isOfShow = isNamedForShow(root);
  const ofRoot = candidatesOfName(root).filter(
    (one) => isOfShow || one.runs.every((run) => isOther(run) || run.beside === 'place'),
  );
  const forms = new Set([...candidates.filter(isKnownOther), ...ofRoot].flatMap(formsOf));
  const hasForm = ({ words }: Candidate): boolean => {
    if (forms.has(words.map(({ key }) => key).join(''))) return true;
    return (
      words.some(({ key }) => forms.has(key)) && words.every((word) => forms.has(word.key) || !soundsLikeName(word))
    );
  };
  const isOfAnimals = root.tokens.some(({ key }) => animals.has(key));
  const isOfSoftware = [tree.root, ...tree.folders].some(({ reading }) =>
    reading.tokens.some(({ key }) => software.has(key)),
  );
  const isSoftware = ({ words, key }: Candidate) => words.length === 1 && softwareWithNames.has(key);
  return (one) =>
    isOfOthers(one) ||
    ((isOfAnimals || isBesideAnimal(one)) && isPet(one)) ||
    (isOfSoftware && isSoftware(one)) ||
    (one.wholeFolders.length === 0 && hasForm(one));
}

/** Whether a delivery's name says which part of a show it is, or that it has no people: 'MRS_DALLOWAY_2nd_unit', 'Florence_recce'. */
export function isNamedForShow({ tokens }: NameReading): boolean {
  return tokens.some(({ key }) => partsOfShow.has(key));
}

/** 'Bella (dog)', 'Rex the cat'. */
function isBesideAnimal({ folders, groups }: Candidate): boolean {
  return [...folders, ...groups].every(({ reading }) => reading.tokens.some(({ key }) => animals.has(key)));
}

/** Whether a name has no family's beside it, nor a word for people. */
function isPet({ words, runs }: Candidate): boolean {
  const isFull = words.length > 1 && words.some(({ kinds }) => (kinds & KIND.given) !== 0) && words.every(isWordOfName);
  return !isFull && !runs.some(({ beside }) => beside === 'person');
}

/** Whether a name always stands beside a word for crew, projects, places or characters, or in a folder of things, or is short for its folder. */
export function isOfOthers(candidate: Candidate): boolean {
  return (
    isThingByFolder(candidate) ||
    isShortForFolder(candidate) ||
    candidate.runs.every(({ beside }) => isOther({ beside }) || beside === 'place')
  );
}

function isOther({ beside }: Pick<Run, 'beside'>): boolean {
  return beside === 'crew' || beside === 'project' || beside === 'character';
}

/** 'camera_B_Mark' in the folder of a person: who operated it. */
function isOperator({ folders, wholeFolders }: Candidate): boolean {
  const isBelowName = ({ parent, reading }: TreeFolder) =>
    reading.said !== null && parent?.parent != null && parent.reading.tokens.some(soundsLikeName);
  return folders.length > 0 && wholeFolders.length === 0 && folders.every(isBelowName);
}

function isKnownOther(candidate: Candidate): boolean {
  const { wholeFolders, folders, runs, words } = candidate;
  if (wholeFolders.length > 0) return isThingByFolder(candidate);
  if (isOperator(candidate)) return true;
  if (runs.some(({ beside }) => beside === 'character' || (beside === 'place' && folders.length > 0))) return true;
  if (runs.some(({ beside }) => beside === 'person' || beside === 'about')) return false;
  return runs.some((run) => isOther(run) || (run.beside === 'place' && words.length > 1));
}

function formsOf(candidate: Candidate): string[] {
  const words = spelled(candidate);
  return [...fullForms(words), ...shortForms(words)].filter((form) => form.length >= MIN_SHORT);
}

/** 'ES' of the files in 'Elm Street': where the folder is a person's, so are they. */
function isShortForFolder({ groups, folders, words, key }: Candidate): boolean {
  if (folders.length > 0 || groups.length === 0 || !words.every(({ text }) => INITIALS.test(text))) return false;
  return groups.every(({ folder }) =>
    foldersUp(folder).some(({ reading }) => reading.tokens.map((word) => word.key[0]).join('') === key),
  );
}

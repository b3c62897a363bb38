/**
 * Reads a delivery's names as people said that they are meant. The names are rewritten before the rules read them, so
 * that a correction helps with everything that the rules conclude; what a person said outweighs a model's answer.
 */
import { NAME_KINDS, saidOn } from '@ingesthub/schema/library/corrections.ts';
import { nameKey, namesIn, withoutExtension } from '@ingesthub/schema/library/names-in-path.ts';
import type { AssetType } from '@ingesthub/schema/library/vocabulary.ts';
import { isThing } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import { isGenericName } from '../names/read-name.ts';
import { remembered } from '../names/remembered.ts';
import { Tokeniser } from '../names/tokens.ts';
import { type RememberedCorrection, saidSentence, strongestFirst } from './corrections.ts';
import { folderOf } from './folder-pattern.ts';
import { type LayoutFile, type Placement, SHARED_SUBJECT } from './layout.ts';

/** A person whom the rules take as known. */
export interface KnownPerson {
  readonly name: string;
  /** The rest of a sentence: 'it is a subject of the project'. */
  readonly because: string;
}

export interface SaidNames<File extends LayoutFile = LayoutFile> {
  /** The files with rewritten names, in the same order. */
  readonly files: readonly File[];
  /** The name of the package's folder, rewritten. */
  readonly delivery: string;
  readonly people: readonly KnownPerson[];
  /** Says in placements that rules read from the rewritten names why they are so, and sets what no name can say. */
  explain(placements: readonly Placement[]): readonly Placement[];
  /** Replaces what another reader made of names that people explained with the reading of the rules. */
  insist(placements: readonly Placement[], byRules: readonly Placement[]): readonly Placement[];
  /** Sets what the names say in placements of a reader that knows no rewritten names. */
  impose(placements: readonly Placement[]): readonly Placement[];
  /** Whether a person's name in the path, or a folder of people, decides the subject. */
  isSubjectSaid(index: number): boolean;
}

type NameKind = (typeof NAME_KINDS)[number];
/** Its value is '' for a name that stands for no person. */
type NameCorrection = RememberedCorrection & { readonly kind: NameKind; readonly value: string };

/** How certain a placement is that a person's words decide. */
const CERTAIN = 0.98;
/** Replaces a name that is no person's, with a word that rules know as such. */
const NO_PERSON = 'misc';
/** Asset types that rules read in a name. */
const READABLE: readonly string[] = ['graded', 'proxy', 'raw'];

interface Reading {
  /** Rewritten. */
  readonly name: string;
  readonly said: readonly NameCorrection[];
}

/** The corrections that concern the path of a file, each from the innermost name. */
interface Said {
  readonly person: NameCorrection | null;
  readonly generic: NameCorrection | null;
  readonly camera: NameCorrection | null;
  readonly role: NameCorrection | null;
  readonly depth: Depth | null;
}

/** A folder that is named after a person because of its depth. */
interface Depth {
  readonly correction: RememberedCorrection;
  readonly folder: string;
}

/** @param delivery the name of the package's folder. @param roles the asset types that the package may have. */
export function saidNames<File extends LayoutFile>(
  files: readonly File[],
  delivery: string,
  corrections: readonly RememberedCorrection[],
  roles: readonly string[],
): SaidNames<File> {
  const byStrength = strongestFirst(corrections);
  const depth = byStrength.find(({ kind }) => kind === 'people_depth') ?? null;
  const meanings = new Map<string, NameCorrection>();
  for (const correction of byStrength) {
    const key = nameKey(correction.name);
    const named = ofName(correction);
    if (named !== null && isUsable(named, roles) && !meanings.has(key)) meanings.set(key, named);
  }
  if (depth === null && meanings.size === 0) return nothingSaid(files, delivery);

  const read = nameReader(meanings);
  const inFolder = remembered((folder: string) => {
    const names = folder === '' ? [] : folder.split('/');
    return { path: names.map((name) => read(name).name), said: [delivery, ...names].map((name) => read(name).said) };
  });
  const atDepth = remembered((folder: string) => (depth === null ? null : personAt(folder, depth, read)));
  const byFolder = new Map<string, Map<Reading['said'], Said>>();
  const said = files.map(({ relativePath }): Said => {
    const folder = folderOf(relativePath);
    const own = read(withoutExtension(relativePath.slice(relativePath.lastIndexOf('/') + 1))).said;
    const known = entryOf(byFolder, folder, () => new Map<Reading['said'], Said>());
    return entryOf(known, own, () => {
      const innermost = [...inFolder(folder).said, own].toReversed().flat();
      const of = (kind: NameKind) => innermost.find((one) => one.kind === kind) ?? null;
      const [person, generic, camera, role] = [of('person'), of('generic'), of('camera'), of('role')];
      return { person, generic, camera, role, depth: atDepth(folder) };
    });
  });
  const wording: Wording = { keyOf: remembered(nameKey), sentenceOf: remembered(saidSentence) };
  const saidOf = (index: number) => said[index] as Said;
  const place = (placement: Placement, index: number, setting: typeof READ | typeof UNREAD): Placement => {
    const fileType = files[index]?.fileType;
    return placed(placement, saidOf(index), fileType !== 'audio' && fileType !== 'other', setting, wording);
  };

  const people = new Map<string, KnownPerson>();
  for (const correction of meanings.values()) {
    if (correction.kind !== 'person') continue;
    people.set(correction.value, { name: correction.value, because: clause(correction, 'it is a person') });
  }
  for (const { relativePath } of depth === null ? [] : files) {
    const found = atDepth(folderOf(relativePath));
    if (found === null || people.has(found.folder)) continue;
    const because = clause(found.correction, 'folders at its depth are named after people');
    people.set(found.folder, { name: found.folder, because });
  }

  return {
    files: files.map((file) => {
      const folder = folderOf(file.relativePath);
      const name = file.relativePath.slice(folder === '' ? 0 : folder.length + 1);
      const stem = withoutExtension(name);
      const path = [...inFolder(folder).path, `${read(stem).name}${name.slice(stem.length)}`];
      return { ...file, relativePath: path.join('/') };
    }),
    delivery: read(delivery).name,
    people: [...people.values()],
    explain: (placements) => placements.map((one, index) => place(one, index, READ)),
    impose: (placements) => placements.map((one, index) => place(one, index, UNREAD)),
    insist: (placements, byRules) =>
      placements.map((one, index) => {
        const { person, generic, depth, camera, role } = saidOf(index);
        const rules = byRules[index] ?? one;
        const { subject, because, confidence } = person || generic || depth ? rules : one;
        const { camera: from } = camera ? rules : one;
        const { assetType } = role ? rules : one;
        return place({ subject, camera: from, assetType, because, confidence }, index, READ);
      }),
    isSubjectSaid(index) {
      const { person, depth } = saidOf(index);
      return person !== null || depth !== null;
    },
  };
}

/** Returns the person's folder at a depth; null when its name is known as something else. */
function personAt(folder: string, correction: RememberedCorrection, read: (name: string) => Reading): Depth | null {
  const name = folder.split('/')[Number(correction.name) - 1] ?? '';
  if (name === '' || isGenericName(name)) return null;
  const { said, name: meant } = read(name);
  return said.some(({ kind }) => kind !== 'person') ? null : { correction, folder: nameIn(meant) };
}

/** Removes numbers and known words around a person's name: '02_Jane Doe' -> 'Jane Doe'. */
function nameIn(folder: string): string {
  const tokens = new Tokeniser().tokensOf(folder).tokens.filter(({ kinds }) => !isThing(kinds));
  const [first, last] = [tokens[0], tokens.at(-1)];
  return first === undefined || last === undefined ? folder : folder.slice(first.start, last.end);
}

function nothingSaid<File extends LayoutFile>(files: readonly File[], delivery: string): SaidNames<File> {
  const same = (placements: readonly Placement[]) => placements;
  return { files, delivery, people: [], explain: same, impose: same, insist: same, isSubjectSaid: () => false };
}

function ofName(correction: RememberedCorrection): NameCorrection | null {
  const kind = NAME_KINDS.find((one) => one === correction.kind);
  return kind === undefined ? null : { ...correction, kind, value: correction.value ?? '' };
}

function isUsable({ kind, value }: NameCorrection, roles: readonly string[]): boolean {
  return kind !== 'role' || roles.includes(value);
}

const NOTHING: Reading['said'] = [];
const LONG_NUMBER = /\d{3,}/g;

/**
 * Returns a function that replaces the names in a name with words that say what they mean; separators keep words apart.
 * Names that differ only in long numbers are searched once, unless a person named a number.
 */
function nameReader(meanings: ReadonlyMap<string, NameCorrection>): (name: string) => Reading {
  const hasNumber = [...meanings.keys()].some((key) => /\p{N}/u.test(key));
  const search = remembered((text: string) => {
    const found = namesIn(text, meanings).map(({ meaning, start, end }) => {
      const isJoined = (at: number) => /[\p{L}\p{N}]/u.test(text[at] ?? '');
      const word = wordFor(meaning, text.slice(start, end));
      return { meaning, start, end, word: `${isJoined(start - 1) ? '_' : ''}${word}${isJoined(end) ? '_' : ''}` };
    });
    return { found, said: found.length === 0 ? NOTHING : found.map(({ meaning }) => meaning) };
  });
  return (name) => {
    const text = name.normalize('NFC');
    const masked = hasNumber ? text : text.replace(LONG_NUMBER, (digits) => '0'.repeat(digits.length));
    const { found, said } = search(masked);
    if (said === NOTHING) return { name, said };
    let made = '';
    let at = 0;
    for (const { start, end, word } of found) {
      made += text.slice(at, start) + word;
      at = end;
    }
    return { name: made + text.slice(at), said };
  };
}

function wordFor({ kind, value }: NameCorrection, written: string): string {
  if (kind === 'camera') return isReadableCamera(value) ? value.toUpperCase() : NO_PERSON;
  if (kind === 'role') return READABLE.includes(value) ? value : NO_PERSON;
  if (kind === 'generic') return NO_PERSON;
  // 'Jane Doe' said of 'JANE_DOE' changes nothing; a slash would make a folder.
  return nameKey(value) === nameKey(written) ? written : value.replaceAll('/', ' ');
}

/** 'cam_b' and 'cam_2': rules read no other word in a name. */
function isReadableCamera(value: string): boolean {
  return /^cam_(?:[a-z]|\d+)$/.test(value);
}

/** The rules have read the rewritten names: only what no name can say is set. */
const READ = { isRead: true } as const;
const UNREAD = { isRead: false } as const;

/** Remembers what is the same for many files. */
interface Wording {
  keyOf(name: string): string;
  sentenceOf(correction: RememberedCorrection): string;
}

function placed(
  placement: Placement,
  said: Said,
  isMedia: boolean,
  { isRead }: { readonly isRead: boolean },
  { keyOf, sentenceOf }: Wording,
): Placement {
  const { person, generic, camera, role, depth } = said;
  const reasons: RememberedCorrection[] = [];
  let { subject, camera: from, assetType } = placement;
  const meant = [
    ...(person === null ? [] : [{ name: person.value, correction: person }]),
    ...(depth === null ? [] : [{ name: depth.folder, correction: depth.correction }]),
  ];
  const isSame = ({ name }: { readonly name: string }) => keyOf(name) === keyOf(subject);
  // Rules read no person in a word for things.
  const isUnread = ({ name }: { readonly name: string }) => subject === SHARED_SUBJECT && isGenericName(name);
  const who = isRead ? (meant.find(isSame) ?? meant.find(isUnread)) : meant[0];
  if (who !== undefined) {
    subject = who.name;
    reasons.push(who.correction);
  }
  if (role !== null && isMedia) {
    if (!isRead || !READABLE.includes(role.value)) assetType = role.value as AssetType;
    if (assetType === role.value) reasons.push(role);
  }
  if (camera !== null && isMedia) {
    if (!isRead || !isReadableCamera(camera.value)) from = camera.value;
    if (from === camera.value) reasons.push(camera);
  }
  if (!isRead && generic !== null && keyOf(subject) === keyOf(generic.name)) subject = SHARED_SUBJECT;
  const confidence = reasons.length === 0 ? placement.confidence : CERTAIN;
  if (generic !== null) reasons.push(generic);
  if (reasons.length === 0) return placement;
  const because = [...reasons.map(sentenceOf), ...(placement.because === undefined ? [] : [placement.because])];
  return { subject, camera: from, assetType, because: because.join(' '), confidence };
}

function clause({ correctedBy, correctedAt }: RememberedCorrection, what: string): string {
  return `${saidOn(correctedBy, correctedAt)} ${what}`;
}

/**
 * Reads a delivery's names as people said that they are meant. The names are rewritten before the rules read them, so
 * that a correction helps with everything that the rules conclude; what a person said outweighs a model's answer.
 */
import { NAME_KINDS, saidOn } from '@ingesthub/schema/library/corrections.ts';
import { nameKey, namesIn, withoutExtension } from '@ingesthub/schema/library/names-in-path.ts';
import type { AssetType } from '@ingesthub/schema/library/vocabulary.ts';
import { isGenericName } from '../names/read-name.ts';
import { remembered } from '../names/remembered.ts';
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

  const read = remembered((name: string) => rewritten(name, meanings));
  const inFolder = remembered((folder: string) => {
    const names = folder === '' ? [] : folder.split('/');
    return { path: names.map((name) => read(name).name), said: [delivery, ...names].map((name) => read(name).said) };
  });
  const atDepth = remembered((folder: string) => (depth === null ? null : personAt(folder, depth, read)));
  const saidAt = remembered((path: string): Said => {
    const folder = folderOf(path);
    const file = read(withoutExtension(path.slice(path.lastIndexOf('/') + 1)));
    const innermost = [...inFolder(folder).said, file.said].toReversed().flat();
    const of = (kind: NameKind) => innermost.find((one) => one.kind === kind) ?? null;
    const depth = atDepth(folder);
    return { person: of('person'), generic: of('generic'), camera: of('camera'), role: of('role'), depth };
  });
  const place = (placement: Placement, index: number, setting: Setting): Placement => {
    const fileType = files[index]?.fileType;
    return placed(placement, saidOf(index), fileType !== 'audio' && fileType !== 'other', setting);
  };
  const saidOf = (index: number) => saidAt(files[index]?.relativePath ?? '');

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
    explain: (placements) => placements.map((one, index) => place(one, index, { subject: false, all: false })),
    impose: (placements) => placements.map((one, index) => place(one, index, { subject: true, all: true })),
    insist: (placements, byRules) =>
      placements.map((one, index) => {
        const { person, generic, depth } = saidOf(index);
        const { subject, because, confidence } = person || generic || depth ? (byRules[index] ?? one) : one;
        return place({ ...one, subject, because, confidence }, index, { subject: false, all: true });
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
  return said.some(({ kind }) => kind !== 'person') ? null : { correction, folder: meant.trim() };
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

/** Replaces the names in a name with words that say what they mean; separators keep words apart. */
function rewritten(name: string, meanings: ReadonlyMap<string, NameCorrection>): Reading {
  const text = name.normalize('NFC');
  const found = namesIn(text, meanings);
  if (found.length === 0) return { name, said: [] };
  let made = '';
  let at = 0;
  for (const { meaning, start, end } of found) {
    const isJoined = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
    const before = isJoined(text[start - 1]) ? '_' : '';
    const after = isJoined(text[end]) ? '_' : '';
    made += `${text.slice(at, start)}${before}${wordFor(meaning, text.slice(start, end))}${after}`;
    at = end;
  }
  return { name: `${made}${text.slice(at)}`, said: found.map(({ meaning }) => meaning) };
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

interface Setting {
  /** Sets the person whom a name stands for. */
  readonly subject: boolean;
  /** Also sets cameras and roles that rules read from rewritten names. */
  readonly all: boolean;
}

function placed(placement: Placement, said: Said, isMedia: boolean, setting: Setting): Placement {
  const { person, generic, camera, role, depth } = said;
  const reasons: RememberedCorrection[] = [];
  let { subject, camera: from, assetType } = placement;
  const meant = person?.value ?? depth?.folder ?? null;
  // Rules read no person in a word for things.
  const isUnread = meant !== null && subject === SHARED_SUBJECT && isGenericName(meant);
  if (meant !== null && (setting.subject || isUnread || nameKey(meant) === nameKey(subject))) {
    subject = meant;
    reasons.push(person ?? (depth as Depth).correction);
  }
  if (role !== null && isMedia) {
    if (setting.all || !READABLE.includes(role.value)) assetType = role.value as AssetType;
    if (assetType === role.value) reasons.push(role);
  }
  if (camera !== null && isMedia) {
    if (setting.all || !isReadableCamera(camera.value)) from = camera.value;
    if (from === camera.value) reasons.push(camera);
  }
  const confidence = reasons.length === 0 ? placement.confidence : CERTAIN;
  if (generic !== null) reasons.push(generic);
  if (reasons.length === 0) return placement;
  const because = [...reasons.map(saidSentence), ...(placement.because === undefined ? [] : [placement.because])];
  return { subject, camera: from, assetType, because: because.join(' '), confidence };
}

function clause({ correctedBy, correctedAt }: RememberedCorrection, what: string): string {
  return `${saidOn(correctedBy, correctedAt)} ${what}`;
}

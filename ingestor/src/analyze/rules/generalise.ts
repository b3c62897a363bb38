/**
 * Finds what a person's changes to a proposal say beyond its own folders: that a name is a person, no person, a camera or
 * an asset type, or that people are at one depth. Each finding holds for all files that it concerns, and is a suggestion:
 * a person decides whether it is kept.
 */
import type { CorrectionSaid } from '@ingesthub/schema/library/corrections.ts';
import { nameKey, withoutExtension } from '@ingesthub/schema/library/names-in-path.ts';
import { KIND } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import { isGenericName, NameReader, wordsOf } from '../names/read-name.ts';
import { folderOf } from './folder-pattern.ts';
import { foldersOf, type LayoutFile, type Placement, SHARED_SUBJECT } from './layout.ts';

interface Change {
  readonly file: LayoutFile;
  readonly before: Placement;
  readonly after: Placement;
}

/** Files that have one name in their path, by its key. */
interface Named {
  /** As written. */
  readonly name: string;
  readonly changes: Change[];
  /** Whether all of it is known as something other than a name. */
  readonly isGeneric: boolean;
  /** Meanings of its words, as bits of {@link KIND}. */
  readonly kinds: number;
}

/** Known words that may stand for a camera or an asset type here; a day or a take never does. */
const OF_CAMERA = KIND.camera | KIND.angle | KIND.position | KIND.witness | KIND.equipment;
const OF_ROLE = KIND.graded | KIND.proxy | KIND.raw | KIND.sound | KIND.document | KIND.stills | KIND.delivery;
const MIN_WORD = 2;
const MIN_PEOPLE = 2;

/**
 * Returns the corrections that changes suggest, those with the most changed files first.
 *
 * @param proposed in the files' order. @param accepted the placements as the person changed them.
 */
export function generalise(
  files: readonly LayoutFile[],
  proposed: readonly Placement[],
  accepted: readonly Placement[],
): CorrectionSaid[] {
  const changes = files.flatMap((file, index): Change[] => {
    const [before, after] = [proposed[index], accepted[index]];
    return before === undefined || after === undefined ? [] : [{ file, before, after }];
  });
  const depth = depthOfPeople(changes);
  const explained = new Map<string, Set<LayoutFile>>();
  const names: CorrectionSaid[] = [];
  for (const { correction, of } of namesOf(changes)
    .flatMap(meaningsOf)
    .toSorted((a, b) => b.of.length - a.of.length)) {
    // When several names explain the same changes, keep the innermost: 'JD' rather than the show above it.
    const known = entryOf(explained, `${correction.kind} ${correction.value}`, () => new Set<LayoutFile>());
    if (of.every((file) => known.has(file))) continue;
    for (const file of of) known.add(file);
    names.push(correction);
  }
  const ofPeople = (one: CorrectionSaid) => one.kind === 'person' && nameKey(one.name) === nameKey(one.value ?? '');
  // The depth says the same of all of them.
  return depth === null ? names : [depth, ...names.filter((one) => !ofPeople(one))];
}

/** Returns a depth at which every folder has the name of its files' person, when a person had to say so. */
function depthOfPeople(changes: readonly Change[]): CorrectionSaid | null {
  const deepest = Math.max(0, ...changes.map(({ file }) => foldersOf(file.relativePath).length));
  for (let depth = 1; depth <= deepest; depth++) {
    const below = changes.flatMap((change) => {
      const folder = foldersOf(change.file.relativePath)[depth - 1];
      return folder === undefined || isGenericName(folder) ? [] : [{ ...change, folder }];
    });
    const people = new Set(below.map(({ after }) => after.subject));
    const agrees = below.every(({ folder, after }) => nameKey(folder) === nameKey(after.subject));
    const isChanged = below.some(({ before, after }) => before.subject !== after.subject);
    if (agrees && isChanged && people.size >= MIN_PEOPLE)
      return { kind: 'people_depth', name: String(depth), value: null };
  }
  return null;
}

/** Returns the names of folders, innermost first, and then the words of files' names. */
function namesOf(changes: readonly Change[]): Named[] {
  const reader = new NameReader();
  const folders = new Map<string, Named>();
  const words = new Map<string, Named>();
  const enter = (to: Map<string, Named>, name: string, change: Change) => {
    const key = nameKey(name);
    if (key.length < MIN_WORD || /^\p{N}*$/u.test(key)) return;
    entryOf(to, key, () => ({
      name,
      changes: [],
      isGeneric: isGenericName(name),
      kinds: reader.read(name).kinds,
    })).changes.push(change);
  };
  for (const change of changes) {
    const path = change.file.relativePath;
    const innermost = foldersOf(path).toReversed();
    const own = wordsOf(withoutExtension(path.slice(folderOf(path).length)));
    for (const name of new Set(innermost)) enter(folders, name, change);
    for (const word of new Set(own.filter((one) => !innermost.includes(one)))) enter(words, word, change);
  }
  // A word that is also a folder's name is that.
  return [...folders.values(), ...[...words].flatMap(([key, named]) => (folders.has(key) ? [] : [named]))];
}

/** Returns what a name means when all files that have it agree, and a person changed some of them. */
function meaningsOf({ name, changes, isGeneric, kinds }: Named): { correction: CorrectionSaid; of: LayoutFile[] }[] {
  const found: { correction: CorrectionSaid; of: LayoutFile[] }[] = [];
  const add = (kind: CorrectionSaid['kind'], value: string | null, changed: readonly Change[]) => {
    if (changed.length > 0) found.push({ correction: { kind, name, value }, of: changed.map(({ file }) => file) });
  };
  const media = changes.filter(({ file }) => file.fileType !== 'audio' && file.fileType !== 'other');
  const [subject, otherSubject] = new Set(changes.map(({ after }) => after.subject));
  if (subject !== undefined && otherSubject === undefined && !isGeneric) {
    const changed = changes.filter(({ before }) => before.subject !== subject);
    if (subject !== SHARED_SUBJECT) add('person', subject, changed);
    else
      add(
        'generic',
        null,
        changed.filter(({ before }) => nameKey(before.subject) === nameKey(name)),
      );
  }
  const [camera, otherCamera] = new Set(media.map(({ after }) => after.camera));
  if (camera != null && otherCamera === undefined && (!isGeneric || (kinds & OF_CAMERA) !== 0)) {
    add(
      'camera',
      camera,
      media.filter(({ before }) => before.camera !== camera),
    );
  }
  const [role, otherRole] = new Set(media.map(({ after }) => after.assetType));
  if (role !== undefined && otherRole === undefined && (!isGeneric || (kinds & OF_ROLE) !== 0)) {
    add(
      'role',
      role,
      media.filter(({ before }) => before.assetType !== role),
    );
  }
  return found;
}

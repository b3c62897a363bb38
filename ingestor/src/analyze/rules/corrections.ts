/**
 * Records a person's changes to a proposal in a form that applies to the same client's next delivery: for the folders of
 * one pattern. `generalise.ts` finds what else the changes may say.
 */
import {
  type CorrectionSaid,
  correctionClause,
  type FOLDER_KINDS,
  saidOn,
} from '@ingesthub/schema/library/corrections.ts';
import { isGenericName } from '../names/read-name.ts';
import { remembered } from '../names/remembered.ts';
import { folderOf, folderPattern, foldersUpFrom, plainPattern } from './folder-pattern.ts';
import type { LayoutFile, Placement } from './layout.ts';

type FolderKind = (typeof FOLDER_KINDS)[number];

/** One value that a person set for the files in folders of one pattern, which is its name. */
export interface FolderCorrection extends CorrectionSaid {
  readonly kind: FolderKind;
  readonly value: string;
}

/** A value that a person's files share; an unknown camera is null and not remembered. */
type Said = Omit<FolderCorrection, 'value'> & { readonly value: string | null };

function isText(said: Said): said is FolderCorrection {
  return said.value !== null;
}

export interface RememberedCorrection extends CorrectionSaid {
  /** Null: for the whole studio. */
  readonly projectId: string | null;
  readonly correctedBy: string;
  readonly correctedAt: Date;
}

/** Sorts corrections so that of two that contradict each other the first holds: the narrower scope, then the newer. */
export function strongestFirst<One extends RememberedCorrection>(corrections: readonly One[]): One[] {
  return corrections.toSorted(
    (a, b) =>
      Number(a.projectId === null) - Number(b.projectId === null) || b.correctedAt.getTime() - a.correctedAt.getTime(),
  );
}

const FIELDS = [
  ['folder_subject', 'subject'],
  ['folder_camera', 'camera'],
  ['folder_role', 'assetType'],
] as const satisfies readonly (readonly [FolderKind, keyof Placement])[];

const MAX_EVIDENCE = 20;

/**
 * Returns the changes worth remembering. A change counts when all files in folders of one pattern now have the same
 * subject, camera or asset type, and some had another before. A change to only some files of a folder concerns just
 * those files.
 *
 * @param proposed in the files' order.
 * @param accepted the placements as the person changed them.
 * @param delivery the name of the package's folder.
 */
export function correctionsOf(
  files: readonly LayoutFile[],
  proposed: readonly Placement[],
  accepted: readonly Placement[],
  delivery: string,
): FolderCorrection[] {
  const said = new Map<string, { correction: Said; isSame: boolean; isChanged: boolean }>();
  const patternOf = remembered((folder: string) => folderPattern(folder, delivery));
  for (const [index, file] of files.entries()) {
    for (const [kind, key] of FIELDS) {
      const value = accepted[index]?.[key];
      if (value === undefined || !isConcerned(kind, file)) continue;
      const isChanged = value !== proposed[index]?.[key];
      for (const folder of placesOf(kind, folderOf(file.relativePath))) {
        const name = patternOf(folder);
        if (name === null) continue;
        const known = said.get(keyOf({ kind, name }));
        if (known === undefined) {
          said.set(keyOf({ kind, name }), { correction: { kind, name, value }, isSame: true, isChanged });
        } else {
          known.isSame &&= known.correction.value === value;
          known.isChanged ||= isChanged;
        }
      }
    }
  }
  return [...said.values()].flatMap(({ correction, isSame, isChanged }) =>
    isSame && isChanged && isText(correction) ? [correction] : [],
  );
}

/** Returns the patterns under which corrections of these files are stored. */
export function patternsOf(files: readonly LayoutFile[], delivery: string): string[] {
  const folders = new Set(files.map(({ relativePath }) => folderOf(relativePath)));
  return [...new Set([...folders].flatMap(foldersUpFrom).flatMap((folder) => patternsFor(folder, delivery)))];
}

/** Returns the pattern of a folder, and the one it had before its words were known as generic. */
function patternsFor(folder: string, delivery: string): string[] {
  const patterns = [folderPattern(folder, delivery), folder === '' ? null : plainPattern(folder)];
  return patterns.filter((pattern) => pattern !== null);
}

export interface Corrected {
  readonly placements: readonly Placement[];
  readonly evidence: readonly string[];
  /** Indexes of files whose subject a person set. */
  readonly fixedSubjects: ReadonlySet<number>;
}

/** Replaces placements with the corrections that people made for folders of the same pattern. */
export function applyCorrections(
  files: readonly LayoutFile[],
  placements: readonly Placement[],
  corrections: readonly RememberedCorrection[],
  delivery: string,
): Corrected {
  if (!corrections.some(({ kind }) => kind.startsWith('folder_'))) {
    return { placements, evidence: [], fixedSubjects: new Set() };
  }
  const known = new Map(
    strongestFirst(corrections)
      .toReversed()
      .map((correction) => [keyOf(correction), correction]),
  );
  const evidence = new Set<string>();
  const fixedSubjects = new Set<number>();
  const find = (kind: FolderKind) =>
    remembered((folder: string) => {
      const patterns = placesOf(kind, folder).flatMap((place) => patternsFor(place, delivery));
      const found = patterns.map((name) => known.get(keyOf({ kind, name })));
      return found.find((correction) => correction !== undefined) ?? null;
    });
  const finders = FIELDS.map(([kind, key]) => ({ kind, key, correctionOf: find(kind) }));

  const corrected = files.map((file, index) => {
    let placement = placements[index] as Placement;
    const folder = folderOf(file.relativePath);
    for (const { kind, key, correctionOf } of finders) {
      const correction = isConcerned(kind, file) ? correctionOf(folder) : null;
      if (correction === null) continue;
      placement = { ...placement, [key]: correction.value, because: folderSentence(correction, folder), confidence: 1 };
      if (kind === 'folder_subject') fixedSubjects.add(index);
      evidence.add(folderSentence(correction, folder));
    }
    return placement;
  });
  return { placements: corrected, evidence: [...evidence].slice(0, MAX_EVIDENCE), fixedSubjects };
}

/**
 * Returns the folders whose correction covers a file in `folder`, nearest first: a person's folder covers all below it.
 */
function placesOf(kind: FolderKind, folder: string): string[] {
  if (kind !== 'folder_subject') return [folder];
  return foldersUpFrom(folder).filter((place) => place === folder || !isGenericName(place.split('/').at(-1) ?? ''));
}

/** The kind of file alone decides the asset type of sound and documents. */
function isConcerned(kind: FolderKind, { fileType }: LayoutFile): boolean {
  return kind !== 'folder_role' || (fileType !== 'audio' && fileType !== 'other');
}

function keyOf({ kind, name }: Pick<CorrectionSaid, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

function folderSentence(correction: RememberedCorrection, folder: string): string {
  return saidSentence({ ...correction, name: folder === '' ? 'the files outside folders' : folder });
}

/** Returns who said what and when, as a sentence. */
export function saidSentence(correction: RememberedCorrection): string {
  const text = `${saidOn(correction.correctedBy, correction.correctedAt)} ${correctionClause(correction)}.`;
  return text.startsWith('you') ? `Y${text.slice(1)}` : text;
}

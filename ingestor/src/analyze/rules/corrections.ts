/** Records a person's changes to a proposal in a form that applies to the same client's next delivery. */
import { z } from 'zod';
import { isGenericName } from '../names/read-name.ts';
import { remembered } from '../names/remembered.ts';
import { folderOf, folderPattern, foldersUpFrom, plainPattern } from './folder-pattern.ts';
import type { LayoutFile, Placement } from './layout.ts';

export const correctedField = z.enum(['subject', 'camera', 'asset_type']);
type CorrectedField = z.infer<typeof correctedField>;

/** One value that a person set for the files in folders of one pattern. */
export interface Correction {
  readonly pattern: string;
  readonly field: CorrectedField;
  readonly value: string;
}

/** A value that a person's files share; an unknown camera is null and not remembered. */
type Said = Omit<Correction, 'value'> & { readonly value: string | null };

function isText(said: Said): said is Correction {
  return said.value !== null;
}

export interface RememberedCorrection extends Correction {
  readonly correctedBy: string;
  readonly correctedAt: Date;
}

const FIELDS = [
  ['subject', 'subject'],
  ['camera', 'camera'],
  ['asset_type', 'assetType'],
] as const satisfies readonly (readonly [CorrectedField, keyof Placement])[];

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
): Correction[] {
  const said = new Map<string, { correction: Said; isSame: boolean; isChanged: boolean }>();
  const patternOf = remembered((folder: string) => folderPattern(folder, delivery));
  for (const [index, file] of files.entries()) {
    for (const [field, key] of FIELDS) {
      const value = accepted[index]?.[key];
      if (value === undefined || !isConcerned(field, file)) continue;
      const isChanged = value !== proposed[index]?.[key];
      for (const folder of placesOf(field, folderOf(file.relativePath))) {
        const pattern = patternOf(folder);
        if (pattern === null) continue;
        const known = said.get(keyOf({ pattern, field }));
        if (known === undefined) {
          said.set(keyOf({ pattern, field }), { correction: { pattern, field, value }, isSame: true, isChanged });
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
  if (corrections.length === 0) return { placements, evidence: [], fixedSubjects: new Set() };
  const known = new Map(corrections.map((correction) => [keyOf(correction), correction]));
  const evidence = new Set<string>();
  const fixedSubjects = new Set<number>();
  const find = (field: CorrectedField) =>
    remembered((folder: string) => {
      const patterns = placesOf(field, folder).flatMap((place) => patternsFor(place, delivery));
      const found = patterns.map((pattern) => known.get(keyOf({ pattern, field })));
      return found.find((correction) => correction !== undefined) ?? null;
    });
  const finders = FIELDS.map(([field, key]) => ({ field, key, correctionOf: find(field) }));

  const corrected = files.map((file, index) => {
    let placement = placements[index] as Placement;
    const folder = folderOf(file.relativePath);
    for (const { field, key, correctionOf } of finders) {
      const correction = isConcerned(field, file) ? correctionOf(folder) : null;
      if (correction === null) continue;
      placement = { ...placement, [key]: correction.value, because: sentence(correction, folder), confidence: 1 };
      if (field === 'subject') fixedSubjects.add(index);
      evidence.add(sentence(correction, folder));
    }
    return placement;
  });
  return { placements: corrected, evidence: [...evidence].slice(0, MAX_EVIDENCE), fixedSubjects };
}

/**
 * Returns the folders whose correction covers a file in `folder`, nearest first: a person's folder covers all below it.
 */
function placesOf(field: CorrectedField, folder: string): string[] {
  if (field !== 'subject') return [folder];
  return foldersUpFrom(folder).filter((place) => place === folder || !isGenericName(place.split('/').at(-1) ?? ''));
}

/** The kind of file alone decides the asset type of sound and documents. */
function isConcerned(field: CorrectedField, { fileType }: LayoutFile): boolean {
  return field !== 'asset_type' || (fileType !== 'audio' && fileType !== 'other');
}

function keyOf({ pattern, field }: Pick<Correction, 'pattern' | 'field'>): string {
  return JSON.stringify([pattern, field]);
}

function sentence({ correctedBy, correctedAt, field, value }: RememberedCorrection, folder: string): string {
  const where = folder === '' ? 'the files outside folders' : folder;
  return `As corrected by ${correctedBy} on ${correctedAt.toISOString().slice(0, 10)}: the ${field.replace('_', ' ')} of ${where} is ${value}.`;
}

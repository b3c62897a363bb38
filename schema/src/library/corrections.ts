/**
 * A correction: what a person said about names, kept for the next analysis of one project or of the whole studio. Its
 * name is a name, the pattern of a folder, or a depth; its value tells what that means.
 */
import { z } from 'zod';
import { assetType } from './vocabulary.ts';

export const correctionKind = z.enum([
  /** A name stands for a person: 'JD' for 'Jane Doe'. */
  'person',
  /** A name stands for no person, such as a show's. */
  'generic',
  /** A name stands for a camera: 'KARL' for 'cam_b'. */
  'camera',
  /** A name stands for an asset type: 'SELECTS' for 'graded'. */
  'role',
  /** Folders at this depth below a delivery's folder are named after people. */
  'people_depth',
  // The files in folders of one pattern, as an accepted proposal left them.
  'folder_subject',
  'folder_camera',
  'folder_role',
]);
export type CorrectionKind = z.infer<typeof correctionKind>;

export interface CorrectionSaid {
  readonly kind: CorrectionKind;
  readonly name: string;
  /** Null for the kinds that say all. */
  readonly value: string | null;
}

/** Kinds whose name is looked for in every name of a delivery. */
export const NAME_KINDS = ['person', 'generic', 'camera', 'role'] as const satisfies readonly CorrectionKind[];
/** Kinds whose name is the pattern of a folder. */
export const FOLDER_KINDS = ['folder_subject', 'folder_camera', 'folder_role'] as const satisfies CorrectionKind[];

const MAX_DEPTH = 20;
const cameraName = /^cam_[\p{L}\p{N}_]{1,90}$/u;

/** Describes what is wrong with a correction's name or value; null when nothing is. */
export function correctionProblem({
  kind,
  name,
  value,
}: CorrectionSaid): { field: 'name' | 'value'; message: string } | null {
  const problem = (field: 'name' | 'value', message: string) => ({ field, message });
  const isDepth = /^\d{1,2}$/.test(name) && Number(name) >= 1 && Number(name) <= MAX_DEPTH;
  if (kind === 'people_depth' && !isDepth) return problem('name', `a depth is a number from 1 to ${MAX_DEPTH}`);
  if (kind !== 'people_depth' && !/[\p{L}\p{N}]/u.test(name)) return problem('name', 'a name has a letter or a digit');
  if (kind === 'generic' || kind === 'people_depth') {
    return value === null ? null : problem('value', 'this correction has no value');
  }
  if (value === null || value.trim() === '') return problem('value', 'say what the name stands for');
  const isCamera = kind === 'camera' || kind === 'folder_camera';
  const isRole = kind === 'role' || kind === 'folder_role';
  if (kind === 'camera' && !cameraName.test(value))
    return problem('value', 'a camera is written cam_a, cam_2 or cam_left');
  if (isRole && !assetType.safeParse(value).success) {
    return problem('value', `use ${assetType.options.slice(0, -1).join(', ')} or ${assetType.options.at(-1)}`);
  }
  return isCamera && value.length > 100 ? problem('value', 'a camera has at most 100 characters') : null;
}

/** Returns a correction as a clause: 'JD is the person Jane Doe'. @param name replaces the pattern of a folder. */
export function correctionClause({ kind, name, value }: CorrectionSaid): string {
  switch (kind) {
    case 'person':
      return name === value ? `${name} is a person` : `${name} is the person ${value}`;
    case 'generic':
      return `${name} is no person`;
    case 'camera':
      return `${name} is the camera ${value}`;
    case 'role':
      return `files named ${name} are ${value}`;
    case 'people_depth':
      return `folders at depth ${name} are named after people`;
    case 'folder_subject':
      return `the subject of ${name} is ${value}`;
    case 'folder_camera':
      return `the camera of ${name} is ${value}`;
    case 'folder_role':
      return `the asset type of ${name} is ${value}`;
  }
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Returns the beginning of a sentence: 'mia said on 12 March 2026 that'. Without accounts, everyone is 'local'. */
export function saidOn(by: string, at: Date): string {
  const date = `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  return `${by === 'local' ? 'you' : by} said on ${date} that`;
}

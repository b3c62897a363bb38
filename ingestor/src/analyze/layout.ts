/** What a layout rule says about the files of a package: whose they are, from which camera, in which role. */
import type { AssetType, FileType, PackageType } from '@ingesthub/schema/vocabulary.ts';

/** One asset as the rules see it: names are all they have. */
export interface LayoutFile {
  /** Within the package's folder. */
  readonly relativePath: string;
  readonly fileType: FileType;
}

export interface Placement {
  readonly subject: string;
  readonly camera: string;
  readonly assetType: AssetType;
}

/** Placements in the files' order, and sentences about what they rest on. */
export interface Layout {
  readonly placements: readonly Placement[];
  readonly evidence: readonly string[];
}

/** The roles that files of a package of each type may have. */
export const ASSET_TYPES = {
  vfx: ['aligned', 'plate', 'grid'],
  atman: ['raw', 'graded', 'proxy', 'audio', 'metadata'],
} as const satisfies Record<PackageType, readonly AssetType[]>;

/** Whose a file is when nothing tells. */
export const SHARED_SUBJECT = 'shared';
export const DEFAULT_CAMERA = 'cam_a';

/** The folders of a relative path, outermost first. */
export function foldersOf(relativePath: string): string[] {
  return relativePath.split('/').slice(0, -1);
}

/** Characters of a subject's name that the library takes. */
const MAX_SUBJECT = 200;

/** A folder's name as a subject's: in one line, and not too long. */
export function subjectName(name: string): string {
  // Private-use characters stand for bytes that are no text.
  const line = name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Co}\s]+/gu, ' ')
    .trim();
  let cut = '';
  for (const character of line) {
    if (cut.length + character.length > MAX_SUBJECT) break;
    cut += character;
  }
  return cut.trimEnd() || SHARED_SUBJECT;
}

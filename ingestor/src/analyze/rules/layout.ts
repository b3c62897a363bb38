/** The result of a layout rule for the files of a package: their subjects, cameras and roles. */
import type { AssetType, FileType } from '@ingesthub/schema/library/vocabulary.ts';

/** An asset as the rules see it: they have only its name. */
export interface LayoutFile {
  /** Relative to the package's folder. */
  readonly relativePath: string;
  readonly fileType: FileType;
}

export interface Placement {
  readonly subject: string;
  /** Null: no name tells it. */
  readonly camera: string | null;
  readonly assetType: AssetType;
  /** How certain it is, 0 to 1. */
  readonly confidence?: number | undefined;
  /** Why, in sentences. */
  readonly because?: string | undefined;
  /** Whom the file's name may mean, as a sentence; files with other doubts are told apart. */
  readonly doubt?: string | undefined;
}

/** Placements in the files' order, and sentences that justify them. */
export interface Layout {
  readonly placements: readonly Placement[];
  readonly evidence: readonly string[];
}

/** The subject of a file when nothing identifies a person. */
export const SHARED_SUBJECT = 'shared';

/** Returns the folders of a relative path, outermost first. */
export function foldersOf(relativePath: string): string[] {
  return relativePath.split('/').slice(0, -1);
}

/** Characters that the library accepts in a subject's name. */
const MAX_SUBJECT = 200;

/** Makes a subject's name from a folder's: on one line, and not too long. */
export function subjectName(name: string): string {
  // Private-use characters stand for bytes that are not valid text.
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

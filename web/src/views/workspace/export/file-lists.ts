/** Lists of files: the lines for one asset, and the folder that they are relative to. */
import { BYTE_CHARACTERS, FIRST_BYTE_CHARACTER } from '@ingesthub/schema/paths/stored-path.ts';
import { filesOf } from '../../../paths/frame-files.ts';
import { serverPath } from '../../../paths/server-path.ts';
import type { ExportRow } from '../../../queries/export-assets.ts';

/** Returns the deepest folder that holds all of these; `/` for none. */
export function commonFolder(folders: readonly string[]): string {
  const [first = [], ...rest] = folders.map((folder) => folder.split('/').filter((name) => name !== ''));
  let length = first.length;
  for (const names of rest) {
    const differs = names.findIndex((name, index) => name !== first[index]);
    length = Math.min(length, differs === -1 ? names.length : differs);
  }
  return `/${first.slice(0, length).join('/')}`;
}

/** Returns the whole paths of an asset's files on the server; each frame of a sequence is a file. */
export function* pathsOf(row: ExportRow): Generator<string> {
  yield* filesOf({ ...row, path: serverPath(row) });
}

/**
 * Returns the line for `rsync --files-from`, relative to a folder. rsync takes a line that begins with # or ; for a
 * comment.
 */
export function rsyncLine(path: string, folder: string): string {
  const relative = path.slice(folder === '/' ? 1 : folder.length + 1);
  return /^[#;]/.test(relative) ? `./${relative}` : relative;
}

/** Whether a path fits on a line of a list. */
export function fitsOnLine(path: string): boolean {
  return !/[\r\n]/.test(path);
}

/** Encodes text as UTF-8, in which characters that stand for bytes become those bytes. */
export function diskBytes(text: string): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  if (!BYTE_CHARACTERS.test(text)) return encoder.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    if (BYTE_CHARACTERS.test(character)) bytes.push(character.charCodeAt(0) - FIRST_BYTE_CHARACTER);
    else bytes.push(...encoder.encode(character));
  }
  return Uint8Array.from(bytes);
}

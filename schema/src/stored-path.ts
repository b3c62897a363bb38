/**
 * Folders as rows keep them. Names on disk are bytes and paths in Postgres are UTF-8 text: a byte that is no part of
 * valid UTF-8 (0x80 to 0xFF) is kept as the private-use character U+EF00 + byte, and so is each byte of those characters
 * themselves. A stored path is therefore no path that the system knows: `diskPath` (disk-path.ts) makes it one.
 */
declare const stored: unique symbol;

/** The text of a path as a row has it. It is no string to the compiler, so that no function of `node:fs` takes it. */
export interface StoredPath {
  readonly [stored]: true;
}

/** The characters that stand for bytes. */
export const BYTE_CHARACTERS = /[\uef80-\uefff]/;
export const FIRST_BYTE_CHARACTER = 0xef00;

/** Takes the text of a row's column for what it is. */
export function storedPath(text: string): StoredPath {
  return text as unknown as StoredPath;
}

/** Returns the text as it is stored: to compare, to log, and for statements. */
export function storedText(path: StoredPath): string {
  return path as unknown as string;
}

/** Returns the place of a file below a stored folder. @param relative as its row has it. */
export function storedPlace(folder: StoredPath, relative: string): StoredPath {
  const text = storedText(folder);
  if (relative === '') return folder;
  return storedPath(text.endsWith('/') ? text + relative : `${text}/${relative}`);
}

/**
 * Returns a path as a shell takes it when it is pasted: the path itself, or, where bytes of it are no text, a quoted word
 * that bash, zsh and ksh understand: `$'/mnt/caf\xe9.mov'`.
 */
export function pasteablePath(text: string): string {
  if (!BYTE_CHARACTERS.test(text)) return text;
  const quoted = text
    .replaceAll(/[\\']/g, String.raw`\$&`)
    // A pair of quotes ends the escape: a hexadecimal digit may follow it.
    .replaceAll(/[\uef80-\uefff]/g, (byte) => `\\x${(byte.charCodeAt(0) - FIRST_BYTE_CHARACTER).toString(16)}'$'`);
  return `$'${quoted}'`;
}

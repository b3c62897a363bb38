/**
 * Paths as rows store them. Names on disk are bytes, but paths in Postgres are UTF-8 text: a byte that is not part of
 * valid UTF-8 (0x80 to 0xFF) is stored as the private-use character U+EF00 + byte, as is each byte of those characters
 * themselves. The operating system therefore does not know a stored path: `diskPath` (disk-path.ts) converts it.
 */
declare const stored: unique symbol;

/** The text of a path as stored in a row. Not a string to the compiler, so that no `node:fs` function accepts it. */
export interface StoredPath {
  readonly [stored]: true;
}

/** The characters that stand for bytes. */
export const BYTE_CHARACTERS = /[\uef80-\uefff]/;
export const FIRST_BYTE_CHARACTER = 0xef00;

/** Treats the text of a row's column as a stored path. */
export function storedPath(text: string): StoredPath {
  return text as unknown as StoredPath;
}

/** Returns the text as stored, for comparisons, logs and SQL parameters. */
export function storedText(path: StoredPath): string {
  return path as unknown as string;
}

/** Returns the path of a file below a stored folder. @param relative the path as stored in the file's row. */
export function storedPlace(folder: StoredPath, relative: string): StoredPath {
  const text = storedText(folder);
  if (relative === '') return folder;
  return storedPath(text.endsWith('/') ? text + relative : `${text}/${relative}`);
}

/**
 * Returns a path to paste into a shell: the path itself or, when some of its bytes are not text, a quoted word that
 * bash, zsh and ksh understand: `$'/mnt/caf\xe9.mov'`.
 */
export function pasteablePath(text: string): string {
  if (!BYTE_CHARACTERS.test(text)) return text;
  const quoted = text
    .replaceAll(/[\\']/g, String.raw`\$&`)
    // The pair of quotes ends the escape, in case a hexadecimal digit follows.
    .replaceAll(/[\uef80-\uefff]/g, (byte) => `\\x${(byte.charCodeAt(0) - FIRST_BYTE_CHARACTER).toString(16)}'$'`);
  return `$'${quoted}'`;
}

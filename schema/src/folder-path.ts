/** Folder paths as people and programs type them: brought to the one form in which the library keeps them. */

/** The index of folder paths in Postgres has room for 2,704 bytes. */
export const MAX_FOLDER_BYTES = 2600;

/**
 * Returns the path without `.`, `..`, doubled slashes and a slash at its end, as a file system without links would take
 * it: `/media//a/./b/../c/` is `/media/a/c`. An absolute path stays absolute; one within a folder that leads out of it
 * begins with `..`, and the folder itself is ''.
 */
export function normalFolder(path: string): string {
  const isAbsolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isAbsolute) parts.push(part);
  }
  return (isAbsolute ? '/' : '') + parts.join('/');
}

/** Whether a path has characters that no typed path has: a line break, a NUL, an escape. */
export function hasControlCharacters(path: string): boolean {
  return /\p{Cc}/u.test(path);
}

/** Normalizes the folder paths that people and programs enter to the single form the library stores. */

/** The Postgres index on folder paths holds at most 2,704 bytes per entry. */
export const MAX_FOLDER_BYTES = 2600;

/**
 * Returns the path without `.`, `..`, doubled slashes and a trailing slash, as a file system without symlinks would
 * resolve it: `/media//a/./b/../c/` becomes `/media/a/c`. An absolute path stays absolute; a relative path that leads
 * out of its folder begins with `..`, and the folder itself is ''.
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

/** Returns whether a path contains control characters such as a line break, NUL or escape. */
export function hasControlCharacters(path: string): boolean {
  return /\p{Cc}/u.test(path);
}

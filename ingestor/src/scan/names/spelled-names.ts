/** Finds the names of a sequence's frames on disk, where some extensions may be spelled differently. */
import { readdir } from 'node:fs/promises';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { textOfName } from './path-text.ts';

/**
 * @param folder absolute path text.
 * @param names as derived from the sequence's path.
 * @returns the names as they are on disk when their extension is spelled differently; all others unchanged.
 */
export async function spelledNames(folder: string, names: readonly string[]): Promise<string[]> {
  // An unreadable folder is reported when its files are opened.
  const entries = await readdir(diskPath(folder), { encoding: 'buffer' }).catch(() => []);
  const there = new Set(entries.map(textOfName));
  if (names.every((name) => there.has(name))) return [...names];
  const spellings = new Map<string, string>();
  for (const name of there) spellings.set(withPlainExtension(name), name);
  return names.map((name) => (there.has(name) ? name : (spellings.get(withPlainExtension(name)) ?? name)));
}

function withPlainExtension(name: string): string {
  const dot = name.lastIndexOf('.');
  return name.slice(0, dot) + name.slice(dot).toLowerCase();
}

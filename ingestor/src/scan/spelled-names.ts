/** Names of a sequence's frames as they are on disk: its path has one spelling of the extension, some frames may have another. */
import { readdir } from 'node:fs/promises';
import { diskPath } from '@ingesthub/schema/disk-path.ts';
import { textOfName } from './path-text.ts';

/**
 * @param folder absolute path text.
 * @param names as the sequence's path has them.
 * @returns those that are there under another spelling of their extension as they are; all others as they were given.
 */
export async function spelledNames(folder: string, names: readonly string[]): Promise<string[]> {
  // A folder that cannot be read is told where its files are opened.
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

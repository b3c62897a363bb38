/** Finds the package that a name, an id or a path refers to. */
import { realpath } from 'node:fs/promises';
import { storedText } from '@ingesthub/schema/paths/stored-path.ts';
import { textOfName } from '../../scan/names/path-text.ts';
import { resolveUserPath } from '../../settings/config.ts';
import type { Sql } from '../../sql/client.ts';
import { findPackages, findPackagesAround, type NamedPackage } from '../../sql/find-by-name.ts';
import { CommandError } from './command-error.ts';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export function isId(key: string): boolean {
  return UUID.test(key);
}

/** Returns a typed path as the library stores it; a folder that is not on this host keeps the typed path. */
export async function libraryPath(given: string): Promise<string> {
  const absolute = resolveUserPath(given);
  return realpath(absolute, { encoding: 'buffer' }).then(textOfName, () => absolute);
}

/** @throws CommandError when no package or more than one package matches. */
export async function findPackage(sql: Sql, key: string): Promise<NamedPackage> {
  const found = await candidates(sql, key);
  return theOne(found, key);
}

/**
 * Finds the package of a folder, or of a file or folder inside it.
 *
 * @returns the place within the package, '' for the package's folder itself.
 */
export async function findPackageOrPlace(sql: Sql, key: string): Promise<{ found: NamedPackage; place: string }> {
  const exact = await candidates(sql, key);
  if (exact.length > 0) return { found: theOne(exact, key), place: '' };
  const path = await libraryPath(key);
  const found = theOne(await findPackagesAround(sql, path), key);
  return { found, place: path.slice(storedText(found.source_path).length + 1) };
}

async function candidates(sql: Sql, key: string): Promise<NamedPackage[]> {
  if (isId(key)) return findPackages(sql, { id: key });
  const named = await findPackages(sql, { name: key });
  const exactly = named.filter(({ name }) => name === key);
  if (named.length > 0) return exactly.length === 1 ? exactly : named;
  return findPackages(sql, { sourcePath: await libraryPath(key) });
}

function theOne(found: readonly NamedPackage[], key: string): NamedPackage {
  const [one, ...more] = found;
  if (one === undefined) {
    throw new CommandError('not_found', `No package matches ${key}; ihub list packages shows them all.`);
  }
  if (more.length > 0) {
    const list = found
      .map(({ project, source_path, id }) => `${id} (${project}, ${storedText(source_path)})`)
      .join('; ');
    throw new CommandError('conflict', `${key} matches more than one package; use an id instead: ${list}.`);
  }
  return one;
}

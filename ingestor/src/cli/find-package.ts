/** The package that somebody means by a name, an id, or a path. */
import { realpath } from 'node:fs/promises';
import { storedText } from '@ingesthub/schema/stored-path.ts';
import { resolveUserPath } from '../config.ts';
import { textOfName } from '../scan/path-text.ts';
import type { Sql } from '../sql/client.ts';
import { findPackages, findPackagesAround, type NamedPackage } from '../sql/find-by-name.ts';
import { CommandError } from './command-error.ts';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export function isId(key: string): boolean {
  return UUID.test(key);
}

/** A path that was typed, as the library knows it: a folder that is not on this host stays as it was typed. */
export async function libraryPath(given: string): Promise<string> {
  const absolute = resolveUserPath(given);
  return realpath(absolute, { encoding: 'buffer' }).then(textOfName, () => absolute);
}

/** @throws CommandError when there is none, or more than one. */
export async function findPackage(sql: Sql, key: string): Promise<NamedPackage> {
  const found = await candidates(sql, key);
  return theOne(found, key);
}

/**
 * The package of a folder or of something in it.
 *
 * @returns the place within it, '' for the package's folder itself.
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
    throw new CommandError('not_found', `There is no package ${key}; ihub list packages shows them.`);
  }
  if (more.length > 0) {
    const list = found
      .map(({ project, source_path, id }) => `${id} (${project}, ${storedText(source_path)})`)
      .join('; ');
    throw new CommandError('conflict', `${key} is more than one package; say which by its id: ${list}.`);
  }
  return one;
}

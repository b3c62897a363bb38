/** Builds the key under which a correction is found for the next delivery: the folder with its numbers masked. */
import { namePattern } from '@ingesthub/schema/library/names-in-path.ts';
import { isGenericName } from '../names/read-name.ts';

/** Cannot start a folder's name, because listings omit hidden folders. */
const IN_DELIVERY = './';

/**
 * 'DAY02/JANE_DOE' -> 'day#/jane_doe'. A folder with only generic names ('', 'A_CAM') would match every client, so its
 * pattern includes the delivery's name: './harbour_day#/a_cam'. Null when the delivery's name is generic too.
 *
 * @param folder within the package, without a trailing slash; '' is the package's own folder.
 * @param delivery the name of the package's folder.
 */
export function folderPattern(folder: string, delivery: string): string | null {
  const names = folder === '' ? [] : folder.split('/');
  if (names.some((name) => !isGenericName(name))) return plainPattern(folder);
  return isGenericName(delivery) ? null : IN_DELIVERY + [delivery, ...names].map(namePattern).join('/');
}

/** 'DAY02/JANE_DOE' -> 'day#/jane_doe'. */
export function plainPattern(folder: string): string {
  return folder.split('/').map(namePattern).join('/');
}

/** Returns the folder that a file lies in. */
export function folderOf(relativePath: string): string {
  return relativePath.slice(0, Math.max(0, relativePath.lastIndexOf('/')));
}

/** Returns the folder and its parents up to the package's folder, nearest first. */
export function foldersUpFrom(folder: string): string[] {
  const names = folder === '' ? [] : folder.split('/');
  return Array.from({ length: names.length + 1 }, (_, cut) => names.slice(0, names.length - cut).join('/'));
}

/** By what a person's correction is found again for the next delivery: the folder, whatever its day and number. */
import { isGenericName } from './atman-names.ts';

/** Begins no folder's name: hidden folders are not listed. */
const IN_DELIVERY = './';

/**
 * 'DAY02/JANE_DOE' -> 'day#/jane_doe'. Of a folder whose names say nothing of whose it is ('', 'A_CAM'), the delivery's
 * own name is part of it: './harbour_day#/a_cam'; null where that says nothing either: every client has such a folder.
 *
 * @param folder within the package, without a slash at its end; '' is the package's own.
 * @param delivery the name of the package's folder.
 */
export function folderPattern(folder: string, delivery: string): string | null {
  const names = folder === '' ? [] : folder.split('/');
  if (names.some((name) => !isGenericName(name))) return names.map(patternOfName).join('/');
  return isGenericName(delivery) ? null : IN_DELIVERY + [delivery, ...names].map(patternOfName).join('/');
}

/** The folder that a file lies in. */
export function folderOf(relativePath: string): string {
  return relativePath.slice(0, Math.max(0, relativePath.lastIndexOf('/')));
}

/** The folder and those above it up to the package's, the nearest first. */
export function foldersUpFrom(folder: string): string[] {
  const names = folder === '' ? [] : folder.split('/');
  return Array.from({ length: names.length + 1 }, (_, cut) => names.slice(0, names.length - cut).join('/'));
}

function patternOfName(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/\p{Nd}+/gu, '#');
}

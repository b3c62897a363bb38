/** Tells where a correction would apply, before it is kept: in the places of deliveries that wait for a decision. */
import type { CorrectionSaid } from './corrections.ts';
import { nameKey, namePattern, namesIn, withoutExtension } from './names-in-path.ts';
import type { PlacementEntry } from './placements.ts';

/** A file, a folder with a trailing '/', or '' for all, as it is placed now. */
export type Place = Pick<PlacementEntry, 'path' | 'subject' | 'camera' | 'asset_type' | 'files'>;

export interface DeliveryPlaces {
  /** The name of its folder. */
  readonly name: string;
  readonly places: readonly Place[];
}

export interface WhereElse {
  /** Files in places with the name. */
  readonly files: number;
  /** Those of them that would be placed otherwise than now. */
  readonly changed: number;
  readonly deliveries: number;
  /** Paths that begin with the delivery's name, those that would change first. */
  readonly examples: readonly string[];
}

const MAX_EXAMPLES = 5;

/** Returns where a correction would apply. Places that are folders are judged by their own names alone. */
export function whereElse(correction: CorrectionSaid, deliveries: readonly DeliveryPlaces[]): WhereElse {
  const covers = coverage(correction);
  const [moving, staying]: [string[], string[]] = [[], []];
  let [files, changed, found] = [0, 0, 0];
  for (const { name, places } of deliveries) {
    let isFound = false;
    for (const place of places) {
      const folder = covers(name, place.path);
      if (folder === null) continue;
      const isChanged = changes(correction, place, folder);
      isFound = true;
      files += place.files;
      if (isChanged) changed += place.files;
      (isChanged ? moving : staying).push(place.path === '' ? name : `${name}/${place.path}`);
    }
    if (isFound) found += 1;
  }
  return { files, changed, deliveries: found, examples: [...moving, ...staying].slice(0, MAX_EXAMPLES) };
}

/** Returns a sentence: '12 files of 2 deliveries have this name; 8 of them would change.' */
export function whereElseText({ files, changed, deliveries }: WhereElse): string {
  const counted = (count: number, noun: string, many: string) =>
    `${count.toLocaleString('en')} ${count === 1 ? noun : many}`;
  if (files === 0) return 'It applies to no file that waits for a decision now.';
  return `It applies to ${counted(files, 'file', 'files')} of ${counted(deliveries, 'delivery', 'deliveries')} that wait for a decision; ${changed === 0 ? 'none' : changed.toLocaleString('en')} of them would change.`;
}

/** @returns a function that returns the folder or file name by which a place is covered; null when it is not. */
function coverage({ kind, name }: CorrectionSaid): (delivery: string, path: string) => string | null {
  if (kind === 'people_depth') return (_, path) => foldersOf(path)[Number(name) - 1] ?? null;
  if (kind.startsWith('folder_')) return (delivery, path) => (isInPattern(kind, name, delivery, path) ? path : null);
  const wanted = new Map([[nameKey(name), true]]);
  return (delivery, path) => {
    const names = [delivery, ...foldersOf(path), withoutExtension(path.slice(path.lastIndexOf('/') + 1))];
    return names.findLast((one) => namesIn(one.normalize('NFC'), wanted).length > 0) ?? null;
  };
}

/** A subject holds below its folder, unless the delivery's name is part of the pattern. */
function isInPattern(kind: string, pattern: string, delivery: string, path: string): boolean {
  const folders = foldersOf(path).map(namePattern);
  const isOfDelivery = pattern.startsWith('./');
  const names = isOfDelivery ? ['.', namePattern(delivery), ...folders] : folders;
  const least = kind === 'folder_subject' && !isOfDelivery ? 1 : names.length;
  for (let length = names.length; length >= Math.max(least, 1); length--) {
    if (names.slice(0, length).join('/') === pattern) return true;
  }
  return false;
}

function changes({ kind, name, value }: CorrectionSaid, place: Place, covered: string): boolean {
  switch (kind) {
    case 'person':
    case 'folder_subject':
      return place.subject !== value;
    case 'generic':
      return nameKey(place.subject) === nameKey(name);
    case 'camera':
    case 'folder_camera':
      return place.asset_type !== 'audio' && place.camera !== value;
    case 'role':
    case 'folder_role':
      return place.asset_type !== value;
    case 'people_depth':
      return nameKey(place.subject) !== nameKey(covered);
  }
}

function foldersOf(path: string): string[] {
  return path.split('/').slice(0, -1);
}

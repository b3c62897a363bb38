/** Decides whether all footage of a delivery that names no camera can be from one camera. */
import type { Device } from '../names/clip-names.ts';
import { KIND } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import type { FileGroup, TreeFolder } from '../names/name-tree.ts';
import { foldersUp } from '../names/name-tree.ts';
import type { NameReading } from '../names/read-name.ts';
import type { LayoutFile } from '../rules/layout.ts';

const FRAMES_OF_CAMERAS = /(?:cam|camera|kamera)[ _.-]?#/i;

/** @param files all of the delivery. @returns whether the footage of these groups can be from one camera: all clips are named in one way. */
export function canBeOneCamera(
  footage: readonly FileGroup[],
  cards: ReadonlyMap<TreeFolder, TreeFolder>,
  files: readonly LayoutFile[],
): boolean {
  const devices = new Set<Device | 'witness' | 'card' | null>();
  for (const { reading, folder } of footage) {
    const isWitness = isOfWitness(reading) || foldersUp(folder).some((one) => isOfWitness(one.reading));
    // 'cam_###': a sequence whose frames are cameras.
    if (FRAMES_OF_CAMERAS.test(reading.name)) return false;
    devices.add(isWitness ? 'witness' : (reading.clip?.device ?? (cards.has(folder) ? 'card' : null)));
  }
  // The other files on the cards are from the camera that named the clips.
  const isDevice = (device: unknown) => device !== null && device !== 'witness' && device !== 'card';
  if ([...devices].some(isDevice)) devices.delete('card');
  if (devices.has('photo') && devices.has(null) && areInOneSequence(footage, files)) devices.delete(null);
  return footage.length > 0 && devices.size === 1 && !areOfHeadRig(footage) && !areOfPlaces(footage, files);
}

const MAX_GAP = 20;

/** Whether stills of one kind are numbered in one sequence, though some have other words: '_MG_2214.CR2' and 'wall_left_2220.CR2'. */
function areInOneSequence(footage: readonly FileGroup[], files: readonly LayoutFile[]): boolean {
  const numbers: number[] = [];
  const extensions = new Set<string>();
  for (const index of [...new Set(footage)].flatMap((group) => group.files)) {
    const file = files[index];
    if (file === undefined || file.fileType === 'other') continue;
    const [, digits, extension] = /(?<!\d)(\d{4})\.(\w+)$/.exec(file.relativePath) ?? [];
    if (digits === undefined || extension === undefined) return false;
    numbers.push(Number(digits));
    extensions.add(extension.toLowerCase());
  }
  numbers.sort((a, b) => a - b);
  const follows = (number: number, index: number) => {
    const gap = number - (numbers[index - 1] ?? number - 1);
    return gap > 0 && gap <= MAX_GAP;
  };
  return extensions.size === 1 && numbers.every(follows);
}

function isOfWitness({ kinds }: NameReading): boolean {
  return (kinds & KIND.witness) !== 0;
}

/** Whether folders named for places of cameras hold files of the same names: 'left/walk_01' and 'right/walk_01'. */
function areOfPlaces(footage: readonly FileGroup[], files: readonly LayoutFile[]): boolean {
  const places = new Map<string, Set<string>>();
  const inPlaces = footage.filter(({ folder }) => (folder.reading.kinds & KIND.position) !== 0);
  for (const { folder, files: indexes } of new Set(inPlaces)) {
    const [place, more] = folder.reading.tokens;
    if (place === undefined || more !== undefined) continue;
    for (const index of indexes) {
      const name = files[index]?.relativePath.slice(folder.path.length + 1);
      entryOf(places, `${folder.parent?.path}/${name}`, () => new Set<string>()).add(place.key);
    }
  }
  return [...places.values()].some(({ size }) => size > 1);
}

const HEAD_RIG = new Set('hmc hmcs headrig headcam headcams headmounted helmet technoprops faceware stereo'.split(' '));

/** Whether the cameras of a head rig are told apart by their places: 'jane_HMC_top_01' and 'jane_HMC_bot_01'. */
function areOfHeadRig(footage: readonly FileGroup[]): boolean {
  const places = new Map<string, Set<string>>();
  for (const { reading, folder } of footage) {
    if ((reading.kinds & KIND.position) === 0) continue;
    const names = [reading, ...foldersUp(folder).map((one) => one.reading)];
    if (!names.some(({ tokens }) => tokens.some(({ key }) => HEAD_RIG.has(key)))) continue;
    const place = reading.tokens.find(({ key, kinds }) => (kinds & KIND.position) !== 0 && !HEAD_RIG.has(key));
    if (place === undefined) continue;
    const take = `${folder.path}/${reading.name.slice(0, place.start)}*${reading.name.slice(place.end)}`;
    entryOf(places, take, () => new Set<string>()).add(place.key);
  }
  return [...places.values()].some(({ size }) => size > 1);
}

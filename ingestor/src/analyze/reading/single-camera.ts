/** Decides whether all footage of a delivery that names no camera can be from one camera. */
import type { Device } from '../names/clip-names.ts';
import { KIND } from '../names/dictionary.ts';
import type { FileGroup, TreeFolder } from '../names/name-tree.ts';
import { foldersUp } from '../names/name-tree.ts';

const FRAMES_OF_CAMERAS = /(?:cam|camera|kamera)[ _.-]?#/i;

/** Whether the footage of these groups can be from one camera: all clips are named in one way. */
export function canBeOneCamera(footage: readonly FileGroup[], cards: ReadonlyMap<TreeFolder, TreeFolder>): boolean {
  const devices = new Set<Device | 'witness' | 'card' | null>();
  for (const { reading, folder } of footage) {
    const names = [reading, ...foldersUp(folder).map((one) => one.reading)];
    const isWitness = names.some(({ kinds }) => (kinds & KIND.witness) !== 0);
    // 'cam_###': a sequence whose frames are cameras.
    if (FRAMES_OF_CAMERAS.test(reading.name)) return false;
    devices.add(isWitness ? 'witness' : (reading.clip?.device ?? (cards.has(folder) ? 'card' : null)));
  }
  // The other files on the cards are from the camera that named the clips.
  const isDevice = (device: unknown) => device !== null && device !== 'witness' && device !== 'card';
  if ([...devices].some(isDevice)) devices.delete('card');
  return footage.length > 0 && devices.size === 1;
}

/** Decides which camera recorded a file: one that a name says, else the letter of a reel, else unknown. */
import { KIND } from '../names/dictionary.ts';
import type { FileGroup, NameTree, TreeFolder } from '../names/name-tree.ts';
import { foldersUp } from '../names/name-tree.ts';
import type { NameReading } from '../names/read-name.ts';
import { remembered } from '../names/remembered.ts';
import { modelLetters } from './model-letters.ts';

export interface CameraFound {
  readonly camera: string;
  /** The rest of a sentence. */
  readonly because: string;
}

/** Returns the cameras that names say, by group of files. */
export function camerasSaid(tree: NameTree): Map<FileGroup, CameraFound> {
  const letters = reelLetters(tree);
  const ofModels = modelLetters(tree);
  const found = new Map<FileGroup, CameraFound>();
  const readingsUp = remembered((folder: TreeFolder) => foldersUp(folder).map(({ reading }) => reading));
  for (const group of tree.groups) {
    const names = [group.reading, ...readingsUp(group.folder)];
    const said = names.find((reading) => reading.said !== null);
    if (said?.said) {
      found.set(group, { camera: said.said, because: `${said.name} names the camera` });
      continue;
    }
    if (names.some(({ kinds }) => isWitness(kinds))) continue;
    const model = foldersUp(group.folder).find((folder) => ofModels.has(folder));
    if (model !== undefined) {
      found.set(group, { camera: `cam_${ofModels.get(model)}`, because: `${model.name} has the letter of a camera` });
      continue;
    }
    const reel = names.find((reading) => letterOf(reading, letters, group) !== null);
    const letter = reel === undefined ? null : letterOf(reel, letters, group);
    if (letter !== null && reel !== undefined) {
      found.set(group, { camera: `cam_${letter}`, because: `${reel.name} begins with the letter of a reel` });
    }
  }
  return found;
}

function isWitness(kinds: number): boolean {
  return (kinds & KIND.witness) !== 0;
}

/** Returns the letter of a reel or card. A reel alone ('A001') says nothing about sound and documents. */
function letterOf({ clip }: NameReading, letters: ReadonlySet<string>, group: FileGroup): string | null {
  if (clip === null || clip.letter === null) return null;
  if (clip.names === 'reel' && (!group.hasPictures || !letters.has(clip.letter))) return null;
  return clip.letter;
}

/** Returns the letters that stand for cameras: later ones only beside the first, as 'C001' alone counts clips. */
function reelLetters({ groups, folders }: NameTree): ReadonlySet<string> {
  const letters = new Set<string>();
  for (const { reading } of [...groups, ...folders]) {
    if (reading.clip?.letter) letters.add(reading.clip.letter);
    if (reading.said !== null && reading.said.length === 'cam_a'.length) letters.add(reading.said.slice(-1));
  }
  return letters.has('a') || letters.has('b') ? letters : new Set();
}

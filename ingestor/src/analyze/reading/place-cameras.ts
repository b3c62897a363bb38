/**
 * Gives each file its camera: as a name says, by a reel's letter, by the views of a take, or from another version of the
 * recording. Sound and papers have none; what lies on a camera's card is that camera's.
 */
import type { AssetType } from '@ingesthub/schema/library/vocabulary.ts';
import { clipKey } from '../names/clip-names.ts';
import type { FileGroup, NameTree, TreeFolder } from '../names/name-tree.ts';
import { type NameReading, stemOf } from '../names/read-name.ts';
import type { LayoutFile } from '../rules/layout.ts';
import { camerasByView } from './angles.ts';
import { camerasSaid } from './cameras.ts';
import { cardsIn } from './cards.ts';
import { rigCameras } from './rig-cameras.ts';
import { canBeOneCamera } from './single-camera.ts';

interface CameraPlaced {
  readonly camera: string | null;
  /** A sentence; null when there is nothing to tell. */
  readonly because: string | null;
}

export interface CamerasPlaced {
  /** In the files' order. */
  readonly placed: readonly CameraPlaced[];
  readonly evidence: readonly string[];
}

const UNKNOWN: CameraPlaced = { camera: null, because: null };
const ONE_CAMERA: CameraPlaced = {
  camera: 'cam_a',
  because: 'No camera is named; the delivery can be from one camera.',
};

/** @param roles in the files' order. @param recordingOf the name of a file's recording. */
export function placeCameras(
  files: readonly LayoutFile[],
  tree: NameTree,
  roles: readonly AssetType[],
  recordingOf: (index: number) => string,
): CamerasPlaced {
  const cards = cardsIn(tree);
  const isFootage = roles.map((role) => role === 'raw' || role === 'graded' || role === 'proxy');
  const named = namedCameras(files, tree);
  const isNamed = tree.groupOf.some((group, index) => isFootage[index] && named.has(group));
  const isOne = !isNamed && canBeOneCamera(recordingsAmong(tree, roles), cards, files);
  const hasVideos = files.some(({ fileType }, index) => fileType === 'video' && isFootage[index]);
  const own = files.map(({ fileType }, index): CameraPlaced | null => {
    const group = tree.groupOf[index] as FileGroup;
    const said = named.get(group);
    if (said !== undefined || !isOne || !isFootage[index]) return said ?? null;
    // A picture beside videos that no camera named has another origin.
    const isOther = hasVideos && fileType === 'image' && group.reading.clip === null && !cards.has(group.folder);
    return isOther ? null : ONE_CAMERA;
  });

  const versions = new CamerasByKey();
  const clips = new CamerasByKey();
  const isNeeded = own.some((camera, index) => camera === null && roles[index] !== 'audio');
  const hasSidecars = roles.includes('metadata');
  for (const [index, file] of isNeeded ? files.entries() : []) {
    const camera = isFootage[index] ? (own[index]?.camera ?? null) : null;
    if (camera === null) continue;
    versions.add(recordingOf(index), camera);
    if (hasSidecars) clips.add(besideKey(file, (tree.groupOf[index] as FileGroup).reading), camera);
  }
  const onCards = cardCameras(tree, own, isFootage, cards);
  const placed = files.map((file, index): CameraPlaced => {
    const group = tree.groupOf[index] as FileGroup;
    const role = roles[index];
    if (role === 'audio') return UNKNOWN;
    if (role !== 'metadata')
      return own[index] ?? (versions.isEmpty ? null : versions.find(recordingOf(index))) ?? UNKNOWN;
    const card = cards.get(group.folder) ?? (isCardFile(file) ? group.folder : undefined);
    const ofCard = card === undefined ? null : onCards.get(card);
    const ofClip = isOfClip(group) ? named.get(group) : null;
    const ofSidecar = isTable(file) ? null : clips.find(besideKey(file, group.reading));
    return ofCard ?? ofClip ?? ofSidecar ?? UNKNOWN;
  });
  return { placed, evidence: isOne && ONE_CAMERA.because !== null ? [ONE_CAMERA.because] : [] };
}

/** Returns the groups of recordings; of versions, when the delivery has nothing else. */
function recordingsAmong(tree: NameTree, roles: readonly AssetType[]): FileGroup[] {
  const recorded = (wanted: readonly (AssetType | undefined)[]) =>
    tree.groupOf.filter((_, index) => wanted.includes(roles[index]));
  const raw = recorded(['raw']);
  return raw.length > 0 ? raw : recorded(['graded', 'proxy']);
}

function namedCameras(files: readonly LayoutFile[], tree: NameTree): Map<FileGroup, CameraPlaced> {
  const said = camerasSaid(tree);
  const views = camerasByView(tree);
  const rigs = rigCameras(files, tree);
  const found = new Map<FileGroup, CameraPlaced>();
  for (const group of tree.groups) {
    const { camera, because } = said.get(group) ?? { camera: null, because: '' };
    const [view, ofRig] = [views.get(group), rigs.get(group)];
    if (camera !== null) found.set(group, { camera, because: `Camera: ${because}.` });
    else if (view !== undefined) {
      found.set(group, { camera: view, because: 'Camera: the views of a take are its cameras, the widest first.' });
    } else if (ofRig !== undefined) {
      found.set(group, {
        camera: ofRig,
        because: 'Camera: each take has the same numbers, as of the cameras of a rig.',
      });
    }
  }
  return found;
}

/** A sidecar or a list of a clip or of a card, as its own name or its folder says. */
function isOfClip({ reading, folder }: FileGroup): boolean {
  return [reading, folder.reading].some(({ clip }) => clip !== null && clip.letter !== null && clip.names !== 'reel');
}

/** Measurements of a performance beside its recording are a paper. */
function isTable({ relativePath }: LayoutFile): boolean {
  return /\.csv$/i.test(relativePath);
}

/** Panasonic writes it at the top of a P2 card. */
function isCardFile({ relativePath }: LayoutFile): boolean {
  return /(?:^|\/)lastclip\.txt$/i.test(relativePath);
}

/** Returns the camera of each card whose footage has one. */
function cardCameras(
  tree: NameTree,
  own: readonly (CameraPlaced | null)[],
  isFootage: readonly boolean[],
  cards: ReadonlyMap<TreeFolder, TreeFolder>,
): Map<TreeFolder, CameraPlaced | null> {
  const found = new Map<TreeFolder, CameraPlaced | null>();
  for (const [index, group] of tree.groupOf.entries()) {
    const card = cards.get(group.folder);
    const camera = own[index] ?? null;
    if (card === undefined || camera === null || !isFootage[index]) continue;
    const known = found.get(card);
    found.set(card, known === undefined || known?.camera === camera.camera ? camera : null);
  }
  return found;
}

/** Finds the camera that all files of one key have. */
class CamerasByKey {
  readonly #cameras = new Map<string, string | null>();

  add(key: string, camera: string): void {
    const known = this.#cameras.get(key);
    this.#cameras.set(key, known === undefined || known === camera ? camera : null);
  }

  get isEmpty(): boolean {
    return this.#cameras.size === 0;
  }

  find(key: string): CameraPlaced | null {
    const camera = key === '' ? null : (this.#cameras.get(key) ?? null);
    return camera === null ? null : { camera, because: 'Camera: from another version of the same recording.' };
  }
}

/** Returns what sidecars share with their clip: the folder, and the clip's or the file's name: 'C0012M01.XML' beside 'C0012.MP4'. */
function besideKey({ relativePath }: LayoutFile, { clip }: NameReading): string {
  const start = relativePath.lastIndexOf('/') + 1;
  const stem = stemOf(relativePath.slice(start));
  return relativePath.slice(0, start) + (clip?.names === 'clip' ? clipKey(clip, stem) : stem);
}

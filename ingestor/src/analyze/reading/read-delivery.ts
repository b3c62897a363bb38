/**
 * Reads a delivery's names, all at once: who is in each file, from which camera, in which role. No file is opened, and
 * no model is asked.
 */
import type { AssetType } from '@ingesthub/schema/library/vocabulary.ts';
import { extensionOf } from '../../scan/names/file-types.ts';
import { entryOf } from '../names/entry-of.ts';
import { type FileGroup, foldersUp, nameTree } from '../names/name-tree.ts';
import { NameReader } from '../names/read-name.ts';
import type { Layout, LayoutFile, Placement } from '../rules/layout.ts';
import type { KnownPerson } from '../rules/said-names.ts';
import { cutsAmong } from './cuts.ts';
import { placeCameras } from './place-cameras.ts';
import { type PersonPlaced, placePeople } from './place-people.ts';
import { roleOf } from './roles.ts';

export interface ReadOptions {
  /** Names of the project's subjects. */
  readonly subjects?: readonly string[] | undefined;
  /** People whom someone named in a correction. */
  readonly said?: readonly KnownPerson[] | undefined;
}

const MAX_EVIDENCE = 20;

/** @param delivery the name of the package's own folder, which may be named after a person. */
export function readDelivery(files: readonly LayoutFile[], delivery: string, options: ReadOptions = {}): Layout {
  const tree = nameTree(files, delivery, new NameReader());
  const rolesIn = new Map<FileGroup, Map<string, AssetType>>();
  const cuts = cutsAmong(files);
  const roles = files.map(({ relativePath, fileType }, index) => {
    if (cuts !== null && fileType === 'video' && cuts.isCut(relativePath)) return 'proxy';
    const group = tree.groupOf[index] as FileGroup;
    const extension = extensionOf(relativePath.slice(relativePath.lastIndexOf('/') + 1));
    if (group.files.length === 1) return roleOf(group.reading, foldersUp(group.folder), fileType, extension);
    const known = entryOf(rolesIn, group, () => new Map<string, AssetType>());
    return entryOf(known, `${fileType} ${extension}`, () =>
      roleOf(group.reading, foldersUp(group.folder), fileType, extension),
    );
  });

  const people = placePeople(files, tree, roles, knownPeople(options));
  const cameras = placeCameras(files, tree, roles, people.recordingOf);
  const placements = files.map((_, index): Placement => {
    const { subject, because, confidence, isDoubt } = people.placed[index] as PersonPlaced;
    const { camera, because: whyCamera } = cameras.placed[index] ?? { camera: null, because: null };
    const reasons = whyCamera === null ? because : `${because} ${whyCamera}`;
    const doubt = isDoubt === true ? { doubt: because } : {};
    return { subject, camera, assetType: roles[index] ?? 'raw', confidence, because: reasons, ...doubt };
  });
  return { placements, evidence: [...people.evidence, ...cameras.evidence].slice(0, MAX_EVIDENCE) };
}

function knownPeople({ subjects = [], said = [] }: ReadOptions): KnownPerson[] {
  return [...said, ...subjects.map((name) => ({ name, because: 'it is a subject of the project' }))];
}

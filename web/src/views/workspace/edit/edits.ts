/** The choices of the edit dialog, as changes of assets. */
import type { AssetType, ReviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
import { cameraName } from '@ingesthub/schema/mutations/mutations.ts';
import { type AssetChange, changeTags, moveToSubject, retype, review, setCamera } from '../changes/asset-changes.ts';
import { noTagChoices, type TagChoices } from './tag-choices.ts';

/** Leaves each asset's value as it is. */
export const KEEP = 'keep';
/** Takes the value away. */
export const NONE = 'none';

export interface Edits {
  readonly tags: TagChoices;
  readonly status: ReviewStatus | typeof KEEP;
  /** A subject's id, or one of the two words. */
  readonly subject: string;
  readonly cameraMode: 'keep' | 'none' | 'set';
  readonly camera: string;
  readonly type: AssetType | typeof KEEP;
}

export const noEdits: Edits = {
  tags: noTagChoices,
  status: KEEP,
  subject: KEEP,
  cameraMode: 'keep',
  camera: '',
  type: KEEP,
};

/** Returns one change for each field that is not kept. */
export function editChanges(
  edits: Edits,
  subjects: readonly { readonly id: string; readonly name: string }[],
): AssetChange[] {
  const changes: (AssetChange | null)[] = [
    edits.tags.add.length + edits.tags.remove.length > 0 ? changeTags(edits.tags) : null,
    edits.status === KEEP ? null : review(edits.status),
    edits.subject === KEEP ? null : moveTo(edits.subject, subjects),
    edits.cameraMode === 'keep' ? null : setCamera(edits.cameraMode === 'none' ? null : cameraName.parse(edits.camera)),
    edits.type === KEEP ? null : retype(edits.type),
  ];
  return changes.filter((change) => change !== null);
}

function moveTo(
  subject: string,
  subjects: readonly { readonly id: string; readonly name: string }[],
): AssetChange | null {
  if (subject === NONE) return moveToSubject(null);
  const found = subjects.find(({ id }) => id === subject);
  return found === undefined ? null : moveToSubject({ id: found.id, name: found.name });
}

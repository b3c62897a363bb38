/** The changes that users can make to assets: the mutation, its texts, and its effect on a tile. */

import { ASSET_TYPE_LABELS } from '@ingesthub/schema/library/package-kinds.ts';
import type { AssetType, ReviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
import type { MutationArgs, MutationName } from '@ingesthub/schema/mutations/mutations.ts';
import type { ShownTile } from './create-tile-overlay.ts';

export interface AssetChange<Name extends MutationName = MutationName> {
  readonly name: Name;
  args(ids: string[]): MutationArgs<Name>;
  /** The undo label: 'Add tag “hero” to 3 assets'. @param assets the number of assets in words: '3 assets' */
  label(assets: string): string;
  /** The notice: 'Added “hero” to 3 assets'. */
  done(assets: string): string;
  show(tile: ShownTile): ShownTile;
}

const reviewVerbs = {
  approved: ['Approve', 'Approved'],
  rejected: ['Reject', 'Rejected'],
  flagged: ['Flag', 'Flagged'],
  unreviewed: ['Unreview', 'Cleared the review status of'],
} as const satisfies Record<ReviewStatus, readonly [string, string]>;

export function addTag(tag: string): AssetChange<'assets.tag'> {
  return {
    name: 'assets.tag',
    args: (ids) => ({ ids, add: [tag], remove: [] }),
    label: (assets) => `Add tag “${tag}” to ${assets}`,
    done: (assets) => `Added “${tag}” to ${assets}`,
    show: (tile) => (tile.tags.includes(tag) ? tile : { ...tile, tags: [...tile.tags, tag].toSorted() }),
  };
}

export function removeTag(tag: string): AssetChange<'assets.tag'> {
  return {
    name: 'assets.tag',
    args: (ids) => ({ ids, add: [], remove: [tag] }),
    label: (assets) => `Remove tag “${tag}” from ${assets}`,
    done: (assets) => `Removed “${tag}” from ${assets}`,
    show: (tile) => ({ ...tile, tags: tile.tags.filter((one) => one !== tag) }),
  };
}

/** Adds and removes several tags at once. */
export function changeTags({
  add,
  remove,
}: {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}): AssetChange<'assets.tag'> {
  return {
    name: 'assets.tag',
    args: (ids) => ({ ids, add: [...add], remove: [...remove] }),
    label: (assets) => `Change tags of ${assets}`,
    done: (assets) => `Changed tags of ${assets}`,
    show: (tile) => ({
      ...tile,
      tags: [...new Set([...tile.tags, ...add])].filter((tag) => !remove.includes(tag)).toSorted(),
    }),
  };
}

export function review(status: ReviewStatus): AssetChange<'assets.review'> {
  const [verb, past] = reviewVerbs[status];
  return {
    name: 'assets.review',
    args: (ids) => ({ ids, review_status: status }),
    label: (assets) => `${verb} ${assets}`,
    done: (assets) => `${past} ${assets}`,
    show: (tile) => ({ ...tile, review_status: status }),
  };
}

export function pickUp(pickedUp: boolean): AssetChange<'assets.pick_up'> {
  return {
    name: 'assets.pick_up',
    args: (ids) => ({ ids, picked_up: pickedUp }),
    label: (assets) => (pickedUp ? `Pick up ${assets}` : `Hand back ${assets}`),
    done: (assets) => (pickedUp ? `Picked up ${assets}` : `Handed back ${assets}`),
    show: (tile) => ({ ...tile, picked_up_at: pickedUp ? (tile.picked_up_at ?? new Date()) : null }),
  };
}

/** @param subject null: none. */
export function moveToSubject(subject: { id: string; name: string } | null): AssetChange<'assets.move'> {
  return {
    name: 'assets.move',
    args: (ids) => ({ ids, subject_id: subject?.id ?? null }),
    label: (assets) => `Move ${assets} to ${subject?.name ?? 'no subject'}`,
    done: (assets) => `Moved ${assets} to ${subject?.name ?? 'no subject'}`,
    show: (tile) => tile,
  };
}

/** @param camera null: none. */
export function setCamera(camera: string | null): AssetChange<'assets.set_camera'> {
  return {
    name: 'assets.set_camera',
    args: (ids) => ({ ids, camera }),
    label: (assets) => `Set the camera of ${assets} to ${camera ?? 'none'}`,
    done: (assets) => `Set the camera of ${assets} to ${camera ?? 'none'}`,
    show: (tile) => tile,
  };
}

export function retype(type: AssetType): AssetChange<'assets.retype'> {
  const label = ASSET_TYPE_LABELS[type];
  return {
    name: 'assets.retype',
    args: (ids) => ({ ids, asset_type: type }),
    label: (assets) => `Set the type of ${assets} to ${label}`,
    done: (assets) => `Set the type of ${assets} to ${label}`,
    show: (tile) => ({ ...tile, asset_type: type }),
  };
}

/** Deletes assets, with what belongs to them: the files stay on disk. */
export function remove(): AssetChange<'assets.delete'> {
  return {
    name: 'assets.delete',
    args: (ids) => ({ ids }),
    label: (assets) => `Delete ${assets}`,
    done: (assets) => `Deleted ${assets} with their tags and review. The files stay on disk`,
    show: (tile) => ({ ...tile, leaving: true }),
  };
}

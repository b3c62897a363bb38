/** The changes that users can make to assets: the mutation, its texts, and its effect on a tile. */

import type { ReviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
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

export function moveToSubject(subject: { id: string; name: string }): AssetChange<'assets.move'> {
  return {
    name: 'assets.move',
    args: (ids) => ({ ids, subject_id: subject.id }),
    label: (assets) => `Move ${assets} to ${subject.name}`,
    done: (assets) => `Moved ${assets} to ${subject.name}`,
    show: (tile) => tile,
  };
}

export function remove(): AssetChange<'assets.delete'> {
  return {
    name: 'assets.delete',
    args: (ids) => ({ ids }),
    label: (assets) => `Delete ${assets}`,
    done: (assets) => `Deleted ${assets}`,
    show: (tile) => ({ ...tile, leaving: true }),
  };
}

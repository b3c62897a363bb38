/** Changes to any number of assets, with a notice of what came of it. */
import type { ReviewStatus } from '@ingesthub/schema/vocabulary.ts';
import type { Replica } from '../../replica/replica.ts';
import { formatCount, formatCountOf } from '../../ui/format.ts';
import { notify, notifyFailure } from '../../ui/notices.ts';

/**
 * Assets to a mutation: about a second of the replica's time. More at once would keep the grid from
 * showing anything else for that long.
 */
const PART = 10_000;

type MutatingReplica = Pick<Replica, 'mutate'>;

const reviewVerbs = {
  approved: 'Approved',
  rejected: 'Rejected',
  flagged: 'Flagged',
  unreviewed: 'Took the review status off',
} as const satisfies Record<ReviewStatus, string>;

export function addTag(replica: MutatingReplica, ids: readonly string[], tag: string): Promise<void> {
  return change(
    ids,
    (count) => `Added “${tag}” to ${count}`,
    (part) => replica.mutate('assets.tag', { ids: part, add: [tag], remove: [] }),
  );
}

export function removeTag(replica: MutatingReplica, ids: readonly string[], tag: string): Promise<void> {
  return change(
    ids,
    (count) => `Removed “${tag}” from ${count}`,
    (part) => replica.mutate('assets.tag', { ids: part, add: [], remove: [tag] }),
  );
}

export function setReviewStatus(replica: MutatingReplica, ids: readonly string[], status: ReviewStatus): Promise<void> {
  return change(
    ids,
    (count) => `${reviewVerbs[status]} ${status === 'unreviewed' ? `of ${count}` : count}`,
    (part) => replica.mutate('assets.review', { ids: part, review_status: status }),
  );
}

async function change(
  ids: readonly string[],
  done: (count: string) => string,
  mutate: (part: string[]) => Promise<{ changedIds: string[] }>,
): Promise<void> {
  let changed = 0;
  try {
    for (let start = 0; start < ids.length; start += PART) {
      if (ids.length > PART) notify(`${formatCount(start)} of ${formatCountOf(ids.length, 'asset')} so far`);
      const { changedIds } = await mutate(ids.slice(start, start + PART));
      changed += changedIds.length;
    }
    notify(changed === 0 ? 'Nothing to change: it is so already' : done(formatCountOf(changed, 'asset')));
  } catch (error) {
    notifyFailure(changed === 0 ? 'Nothing was changed' : `Only ${formatCountOf(changed, 'asset')} changed`, error);
  }
}

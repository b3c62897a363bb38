/** The review statuses in the order of their buttons, with their names and keys. */
import type { ReviewStatus } from '@ingesthub/schema/library/vocabulary.ts';

export const reviewStatuses = [
  { status: 'approved', label: 'Approved', verb: 'Approve', key: 'a' },
  { status: 'rejected', label: 'Rejected', verb: 'Reject', key: 'r' },
  { status: 'flagged', label: 'Flagged', verb: 'Flag', key: 'f' },
  { status: 'unreviewed', label: 'Unreviewed', verb: 'Unreview', key: 'u' },
] as const satisfies readonly { status: ReviewStatus; label: string; verb: string; key: string }[];

export const reviewLabels = Object.fromEntries(reviewStatuses.map(({ status, label }) => [status, label])) as Record<
  ReviewStatus,
  string
>;

/** The review status as a mark of one path, so that a recycled tile changes an attribute instead of elements. */
import type { ReviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
import styles from './asset-tile.module.css';

const ring = 'M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20';
const paths: Readonly<Record<ReviewStatus, string>> = {
  approved: `${ring}M8.5 12l2.5 2.5 4.5-4.5`,
  rejected: `${ring}M15 9l-6 6M9 9l6 6`,
  flagged: 'M5 22V4c2.5-1.7 5-1.7 7.5 0s5 1.7 7.5 0v11c-2.5 1.7-5 1.7-7.5 0s-5-1.7-7.5 0',
  unreviewed: ring,
};

/** Drawn for reviewed assets only. Screen readers get the status in words from the element around it. */
export function ReviewGlyph(props: { status: ReviewStatus | undefined }) {
  return (
    <svg class={styles['glyph']} data-status={props.status} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[props.status ?? 'unreviewed']} />
    </svg>
  );
}

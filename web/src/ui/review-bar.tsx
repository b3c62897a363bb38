/** A bar of the approved, rejected and flagged share of something, with the reviewed share as a number. */
import { Show } from 'solid-js';
import styles from './review-bar.module.css';
import { type ReviewCounts, reviewShare } from './review-share.ts';

/** @param props.counts null: not known. */
export function ReviewBar(props: { counts: ReviewCounts | null }) {
  const share = () => (props.counts === null ? null : reviewShare(props.counts));
  return (
    <Show when={share()} fallback={<span class={styles['unknown']}>–</span>}>
      {(known) => (
        <span
          class={styles['review']}
          title={`Approved ${known().approved}%, rejected ${known().rejected}%, flagged ${known().flagged}%`}
        >
          <span class={`review-bar ${styles['bar']}`}>
            <span class="approved" style={{ width: width(props.counts?.approved_count, props.counts) }} />
            <span class="rejected" style={{ width: width(props.counts?.rejected_count, props.counts) }} />
            <span class="flagged" style={{ width: width(props.counts?.flagged_count, props.counts) }} />
          </span>
          {known().reviewed}%
        </span>
      )}
    </Show>
  );
}

function width(count: number | undefined, counts: ReviewCounts | null): string {
  return counts === null || count === undefined ? '0' : `${(100 * count) / counts.asset_count}%`;
}

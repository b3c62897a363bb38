/** The review status of one asset or of several, as four buttons. */
import type { ReviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
import { For } from 'solid-js';
import { Icon } from '../../../ui/icon.tsx';
import { reviewStatuses } from '../../../ui/review-status.ts';
import { review } from '../changes/asset-changes.ts';
import { useChangeAssets } from '../changes/change-context.ts';
import styles from './asset-panel.module.css';

export function Verdict(props: {
  readonly ids: readonly string[];
  /** Null: they differ. */
  readonly status: ReviewStatus | null;
}) {
  const change = useChangeAssets();
  return (
    <fieldset class={styles['review']}>
      <legend class="visually-hidden">Review status</legend>
      <For each={reviewStatuses}>
        {({ status, verb, key }) => (
          <button
            type="button"
            class="button"
            aria-pressed={props.status === status}
            title={`${verb} (${key.toUpperCase()})`}
            onClick={() => change(review(status), props.ids)}
          >
            <Icon name={status} size={13} /> <span class="cut">{verb}</span>
          </button>
        )}
      </For>
    </fieldset>
  );
}

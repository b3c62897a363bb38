/** A change that the server refused: what was asked, why not, and what to do about it. */
import type { RejectedMutation } from '../replica/model/replica.ts';
import { formatDateTime } from '../ui/format.ts';
import { notifyFailure } from '../ui/notices.ts';
import { useReplica } from '../ui/replica-context.ts';
import styles from './refused-change.module.css';

export function RefusedChange(props: { mutation: RejectedMutation }) {
  const { replica } = useReplica();
  const label = () => props.mutation.label ?? props.mutation.name;
  async function settle(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      notifyFailure('The change stays on the list', error);
    }
  }
  return (
    <article class={styles['change']} aria-label={label()}>
      <header>
        <strong>{label()}</strong>
        <span class="faint">{formatDateTime(props.mutation.createdAt)}</span>
      </header>
      <p class="muted">{props.mutation.error.message}</p>
      <p class={styles['actions']}>
        <button
          type="button"
          class="button small"
          aria-label={`Retry ${label()}`}
          onClick={() => void settle(replica.retryRejected(props.mutation.id))}
        >
          Retry
        </button>
        <button
          type="button"
          class="button quiet small"
          aria-label={`Discard ${label()}`}
          onClick={() => void settle(replica.discardRejected(props.mutation.id))}
        >
          Discard
        </button>
      </p>
    </article>
  );
}

/** In place of rows that could not be read: why, and another try; nothing when all is well. */
import { Show } from 'solid-js';
import { Icon } from './icon.tsx';
import styles from './read-problem.module.css';

export function ReadProblem(props: { error: Error | null; onRetry: () => unknown }) {
  return (
    <Show when={props.error}>
      {(error) => (
        <p class={styles['problem']} role="alert">
          <Icon name="problem" size={14} />
          This could not be read: {error().message}
          <button type="button" class="button" onClick={() => void props.onRetry()}>
            Try again
          </button>
        </p>
      )}
    </Show>
  );
}

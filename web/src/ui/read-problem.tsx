/** Shown in place of rows that could not be read, with the reason and a button to try again. Empty without an error. */
import { Show } from 'solid-js';
import { Icon } from './icon.tsx';
import styles from './read-problem.module.css';

export function ReadProblem(props: { error: Error | null; onRetry: () => unknown }) {
  return (
    <Show when={props.error}>
      {(error) => (
        <p class={styles['problem']} role="alert">
          <Icon name="problem" size={14} />
          This could not be loaded: {error().message}
          <button type="button" class="button" onClick={() => void props.onRetry()}>
            Try again
          </button>
        </p>
      )}
    </Show>
  );
}

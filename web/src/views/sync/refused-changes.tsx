/** The changes that the server refused. They are kept until a person decides. */
import { For, Show } from 'solid-js';
import { RefusedChange } from '../../frame/refused-change.tsx';
import { formatCountOf } from '../../ui/format.ts';
import { notifyFailure } from '../../ui/notices.ts';
import { useReplica } from '../../ui/replica-context.ts';
import styles from './sync-page.module.css';

export function RefusedChanges() {
  const { replica, status } = useReplica();
  const refused = () => status().rejected;
  async function discardAll(): Promise<void> {
    try {
      for (const { id } of [...refused()]) await replica.discardRejected(id);
    } catch (error) {
      notifyFailure('The other changes stay on the list', error);
    }
  }
  return (
    <section class="card" aria-label="Refused by the server">
      <header>
        <h2>Refused by the server</h2>
        <Show when={refused().length > 1}>
          <span class="end">
            <button type="button" class="button quiet small" onClick={() => void discardAll()}>
              Discard all {formatCountOf(refused().length, 'change')}
            </button>
          </span>
        </Show>
      </header>
      <Show when={refused().length > 0} fallback={<p class={styles['nothing']}>No change was refused.</p>}>
        <div class={styles['refused']}>
          <For each={refused()}>{(mutation) => <RefusedChange mutation={mutation} />}</For>
        </div>
        <p class={`${styles['nothing']} faint small`}>
          Refused changes were undone on this device. Everything after them was kept.
        </p>
      </Show>
    </section>
  );
}

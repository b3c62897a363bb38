/** The tags of a row: as many as fit, all of them in the tooltip. */
import { For, Show } from 'solid-js';
import styles from './tag-list.module.css';

export function TagList(props: { tags: readonly string[] }) {
  return (
    <Show when={props.tags.length > 0} fallback="–">
      <span class={styles['tags']} title={props.tags.join(', ')}>
        <For each={props.tags}>
          {(tag) => (
            <span class="tag">
              <span>{tag}</span>
            </span>
          )}
        </For>
      </span>
    </Show>
  );
}

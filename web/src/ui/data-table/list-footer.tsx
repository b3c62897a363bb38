/** The line below a list: its sums, and the keys that work in it. */
import { For, type JSX } from 'solid-js';
import { printKeys } from '../../shortcuts/print-keys.ts';
import { type ShortcutName, shortcuts } from '../../shortcuts/shortcut-table.ts';
import styles from './list.module.css';

export interface FooterKey {
  readonly shortcut: ShortcutName;
  /** A word or two: 'pick up'. */
  readonly does: string;
}

export function ListFooter(props: { children: JSX.Element; keys: readonly FooterKey[] }) {
  return (
    <footer class={styles['footer']}>
      <p>{props.children}</p>
      <p class={styles['keys']}>
        <For each={props.keys}>
          {({ shortcut, does }) => (
            <span>
              <For each={shortcut === 'move' ? shortcuts.move.keys.slice(0, 2) : shortcuts[shortcut].keys.slice(0, 1)}>
                {(keys) => <kbd>{printKeys(keys)}</kbd>}
              </For>{' '}
              {does}
            </span>
          )}
        </For>
      </p>
    </footer>
  );
}

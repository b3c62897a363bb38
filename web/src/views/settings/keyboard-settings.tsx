/** All shortcuts of the app, searchable, and the switch for keys without Ctrl. */
import { createMemo, createSignal, Show } from 'solid-js';
import { setSingleKeys, singleKeys } from '../../shortcuts/create-shortcuts.ts';
import { printKeys } from '../../shortcuts/print-keys.ts';
import { type ShortcutName, shortcuts } from '../../shortcuts/shortcut-table.ts';
import { ShortcutsList } from '../../ui/shortcuts-list.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './settings-page.module.css';

export function KeyboardSettings() {
  const [wanted, setWanted] = createSignal('');
  const found = createMemo<ReadonlySet<ShortcutName>>(() => {
    const text = wanted().trim().toLowerCase();
    const names = Object.keys(shortcuts) as ShortcutName[];
    return new Set(
      names.filter((name) =>
        [shortcuts[name].does, ...shortcuts[name].keys.map(printKeys)].some((one) => one.toLowerCase().includes(text)),
      ),
    );
  });
  return (
    <>
      <p class="muted">
        Every action has a key, and every key is shown where the action is. Press <kbd>?</kbd> on any page for the keys
        of that page.
      </p>
      <div class={styles['row']}>
        <Switch
          name="Single-letter keys"
          about="Without them, only keys with Ctrl and named keys such as Delete act."
          on={singleKeys()}
          onChange={setSingleKeys}
        />
      </div>
      <input
        class={`field ${styles['find']}`}
        type="search"
        aria-label="Find a key or an action"
        placeholder="Find a key or an action"
        onInput={(event) => setWanted(event.currentTarget.value)}
      />
      <Show when={found().size > 0} fallback={<p class="muted">No key or action matches.</p>}>
        <div class={styles['keys']}>
          <ShortcutsList only={found()} />
        </div>
      </Show>
    </>
  );
}

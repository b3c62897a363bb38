/** Lists the keyboard shortcuts by group. */
import { For, Show } from 'solid-js';
import { printKeys } from '../shortcuts/print-keys.ts';
import { type ShortcutGroup, type ShortcutName, shortcutGroups, shortcuts } from '../shortcuts/shortcut-table.ts';
import styles from './shortcuts-list.module.css';

/** @param props.only the shortcuts to list; all of them otherwise. */
export function ShortcutsList(props: { only?: ReadonlySet<ShortcutName> }) {
  const names = () =>
    (Object.keys(shortcuts) as ShortcutName[]).filter((name) => props.only === undefined || props.only.has(name));
  const inGroup = (group: ShortcutGroup) => names().filter((name) => shortcuts[name].group === group);
  return (
    <div class={styles['groups']}>
      <For each={Object.keys(shortcutGroups) as ShortcutGroup[]}>
        {(group) => (
          <Show when={inGroup(group).length > 0}>
            <section>
              <h3>{shortcutGroups[group]}</h3>
              <dl class={styles['list']}>
                <For each={inGroup(group)}>
                  {(name) => (
                    <div>
                      <dt>
                        <For each={shortcuts[name].keys}>{(keys) => <kbd>{printKeys(keys)}</kbd>}</For>
                      </dt>
                      <dd>{shortcuts[name].does}</dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          </Show>
        )}
      </For>
    </div>
  );
}

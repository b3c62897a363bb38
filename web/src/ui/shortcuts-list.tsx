/** Lists the keyboard shortcuts. */
import { For } from 'solid-js';
import styles from './shortcuts-list.module.css';

const shortcuts: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['↑', '↓', '←', '→'], 'Move between assets'],
  [['Home', 'End', 'Page ↑', 'Page ↓'], 'First, last, page up, page down'],
  [['Space'], 'Select or deselect'],
  [['Shift', '+ arrow or click'], 'Select a range'],
  [['Ctrl', '+ click'], 'Add to the selection'],
  [['Ctrl', 'A'], 'Select all matching assets'],
  [['Enter'], 'Open the asset panel'],
  [['A'], 'Approve'],
  [['R'], 'Reject'],
  [['F'], 'Flag'],
  [['U'], 'Mark as unreviewed'],
  [['T'], 'Add a tag'],
  [['Shift', 'T'], 'Remove a tag'],
  [['P'], 'Pick up'],
  [['Shift', 'P'], 'Hand back'],
  [['M'], 'Move to a subject'],
  [['Delete'], 'Delete (restorable for 30 days)'],
  [['Ctrl', 'Z'], 'Undo'],
  [['Ctrl', 'Shift', 'Z'], 'Redo'],
  [['/'], 'Filter'],
  [['Y'], 'Poses'],
  [['Ctrl', 'K'], 'Search everything'],
  [['N'], 'New project; in a project, new package'],
  [['E'], 'Edit the project or package'],
  [['Esc'], 'Close the panel, then clear the selection'],
  [['?'], 'Show this help'],
];

export function ShortcutsList() {
  return (
    <dl class={styles['list']}>
      <For each={shortcuts}>
        {([keys, does]) => (
          <div>
            <dt>
              <For each={keys}>{(key) => (key.startsWith('+') ? <span> {key}</span> : <kbd>{key}</kbd>)}</For>
            </dt>
            <dd>{does}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}

/** The keys, on `?` from anywhere but a text field, and on a button for those who do not know that yet. */
import { Dialog } from '@kobalte/core/dialog';
import { createSignal, For, onCleanup } from 'solid-js';
import { Icon } from './icon.tsx';
import { isTyping } from './is-typing.ts';
import styles from './shortcuts-dialog.module.css';

const shortcuts: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['↑', '↓', '←', '→'], 'Move between assets'],
  [['Home', 'End', 'Page ↑', 'Page ↓'], 'Move far'],
  [['Space'], 'Select or deselect'],
  [['Shift', '+ arrow or click'], 'Select a range'],
  [['Ctrl', '+ click'], 'Add to the selection'],
  [['Ctrl', 'A'], 'Select all that match'],
  [['Enter'], 'Open the asset panel'],
  [['A'], 'Approve'],
  [['R'], 'Reject'],
  [['F'], 'Flag'],
  [['U'], 'Back to unreviewed'],
  [['T'], 'Add a tag'],
  [['Shift', 'T'], 'Remove a tag'],
  [['P'], 'Pick up'],
  [['Shift', 'P'], 'Hand back'],
  [['M'], 'Move to a subject'],
  [['Delete'], 'Delete, for 30 days'],
  [['Ctrl', 'Z'], 'Undo'],
  [['Ctrl', 'Shift', 'Z'], 'Redo'],
  [['/'], 'Filter by name or path'],
  [['Ctrl', 'K'], 'Search everything'],
  [['Esc'], 'Close the panel, then clear the selection'],
  [['?'], 'This help'],
];

export function ShortcutsDialog() {
  const [open, setOpen] = createSignal(false);
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === '?' && !isTyping(event)) setOpen(true);
  }
  document.addEventListener('keydown', onKeyDown);
  onCleanup(() => document.removeEventListener('keydown', onKeyDown));
  return (
    <Dialog open={open()} onOpenChange={setOpen}>
      <Dialog.Trigger class="button quiet icon" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)">
        ?
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay class={styles['overlay']} />
        <Dialog.Content class={`popover ${styles['content']}`}>
          <header>
            <Dialog.Title as="h2">Keyboard</Dialog.Title>
            <Dialog.CloseButton class="button quiet icon" aria-label="Close">
              <Icon name="close" />
            </Dialog.CloseButton>
          </header>
          <dl>
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
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog>
  );
}

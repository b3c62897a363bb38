/** The keyboard help, opened with `?` from the keyboard, or with a button. */
import { Dialog } from '@kobalte/core/dialog';
import { createSignal } from 'solid-js';
import { activeShortcuts, createShortcuts } from '../shortcuts/create-shortcuts.ts';
import styles from './dialog.module.css';
import { Icon } from './icon.tsx';
import { ShortcutsList } from './shortcuts-list.tsx';

export function ShortcutsDialog() {
  const [open, setOpen] = createSignal(false);
  createShortcuts({ help: () => setOpen(true) });
  return (
    <Dialog open={open()} onOpenChange={setOpen}>
      <Dialog.Trigger class="button quiet icon" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)">
        <Icon name="help" />
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
          <ShortcutsList only={activeShortcuts()} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog>
  );
}

/** The keyboard help, opened with `?` from anywhere but a text field, or with a button. */
import { Dialog } from '@kobalte/core/dialog';
import { createSignal } from 'solid-js';
import { createShortcut } from './create-shortcut.ts';
import styles from './dialog.module.css';
import { Icon } from './icon.tsx';
import { isTyping } from './is-typing.ts';
import { ShortcutsList } from './shortcuts-list.tsx';

export function ShortcutsDialog() {
  const [open, setOpen] = createSignal(false);
  createShortcut((event) => event.key === '?' && !isTyping(event) && setOpen(true));
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
          <ShortcutsList />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog>
  );
}

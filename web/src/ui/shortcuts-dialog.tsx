/** The keyboard help: the shortcuts that work on the page now. */
import { Dialog } from '@kobalte/core/dialog';
import { activeShortcuts } from '../shortcuts/create-shortcuts.ts';
import styles from './dialog.module.css';
import { Icon } from './icon.tsx';
import { ShortcutsList } from './shortcuts-list.tsx';

export function ShortcutsDialog(props: {
  button: HTMLButtonElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={props.open} onOpenChange={props.onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay class={styles['overlay']} />
        <Dialog.Content
          class={`popover ${styles['content']}`}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            props.button.focus();
          }}
        >
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

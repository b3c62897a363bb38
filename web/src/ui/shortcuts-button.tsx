/** Opens the keyboard help, by click or with `?` from the keyboard. */
import { createSignal, Show } from 'solid-js';
import { createShortcuts } from '../shortcuts/create-shortcuts.ts';
import { createLater } from './create-later.ts';
import { Icon } from './icon.tsx';

export function ShortcutsButton() {
  const [open, setOpen] = createSignal(false);
  const later = createLater(async () => (await import('./shortcuts-dialog.tsx')).ShortcutsDialog);
  let button!: HTMLButtonElement;
  function show(): void {
    later.want();
    setOpen(true);
  }
  createShortcuts({ help: show });
  return (
    <>
      <button
        ref={button}
        type="button"
        class="button quiet icon"
        aria-haspopup="dialog"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        onClick={show}
      >
        <Icon name="help" />
      </button>
      <Show when={later.part()}>
        {(loaded) => {
          const { it: ShortcutsDialog } = loaded();
          return <ShortcutsDialog button={button} open={open()} onOpenChange={setOpen} />;
        }}
      </Show>
    </>
  );
}

/**
 * A dialog with a form: Enter saves, Escape closes, and each field shows its own problem. The save button stays
 * clickable while something is wrong: pressing it also marks the required fields that are still empty.
 */
import { Dialog } from '@kobalte/core/dialog';
import { createSignal, type JSX, Show } from 'solid-js';
import { describeError } from '../replica/model/describe-error.ts';
import dialog from './dialog.module.css';
import styles from './form-dialog.module.css';
import { TriedContext } from './form-fields.tsx';
import { Icon } from './icon.tsx';

export interface FormDialogProps {
  readonly title: string;
  /** The label of the save button: 'Create'. */
  readonly action: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Whether a field has a problem. */
  readonly blocked: boolean;
  /** Saves the form. The dialog then closes, or shows the error when this throws. */
  readonly onSave: () => Promise<void>;
  readonly children: JSX.Element;
}

export function FormDialog(props: FormDialogProps) {
  return (
    <Dialog open={props.open} onOpenChange={props.onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay class={dialog['overlay']} />
        <Content {...props} />
      </Dialog.Portal>
    </Dialog>
  );
}

function Content(props: FormDialogProps) {
  const [failure, setFailure] = createSignal<string | null>(null);
  const [saving, setSaving] = createSignal(false);
  const [tried, setTried] = createSignal(false);
  let form!: HTMLFormElement;

  async function save(): Promise<void> {
    setTried(true);
    if (props.blocked) form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    if (props.blocked || saving()) return;
    setSaving(true);
    setFailure(null);
    try {
      await props.onSave();
      props.onOpenChange(false);
    } catch (error) {
      setFailure(describeError(error));
    } finally {
      setSaving(false);
    }
  }

  return (
    <Dialog.Content
      class={`popover ${dialog['content']}`}
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        form.querySelector<HTMLElement>('input, textarea, select')?.focus();
      }}
    >
      <header>
        <Dialog.Title as="h2">{props.title}</Dialog.Title>
        <Dialog.CloseButton class="button quiet icon" aria-label="Close">
          <Icon name="close" />
        </Dialog.CloseButton>
      </header>
      <form
        ref={form}
        class={styles['form']}
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TriedContext.Provider value={tried}>{props.children}</TriedContext.Provider>
        <Show when={failure()}>
          {(message) => (
            <p class={styles['problem']} role="alert">
              {message()}
            </p>
          )}
        </Show>
        <footer>
          <button type="button" class="button" onClick={() => props.onOpenChange(false)}>
            Cancel
          </button>
          <button type="submit" class="button primary" disabled={saving()} aria-disabled={props.blocked}>
            {props.action}
          </button>
        </footer>
      </form>
    </Dialog.Content>
  );
}

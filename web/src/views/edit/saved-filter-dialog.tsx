/** Saves the current filter under a name, or renames a saved filter. */
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TextRow } from '../../ui/form-fields.tsx';
import { notify } from '../../ui/notices.ts';
import { createEntityForm } from './create-entity-form.ts';
import { whileOpen } from './entity-dialog.tsx';
import { trimmedName } from './entity-fields.ts';

export interface SavedFilterDialogProps {
  /** The filter to rename; null saves a new one. */
  readonly saved: { readonly id: string; readonly name: string } | null;
  /** The address within the app that a new filter opens. */
  readonly address: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export const SavedFilterDialog = whileOpen(SavedFilterForm);

function SavedFilterForm(props: SavedFilterDialogProps) {
  const form = createEntityForm({
    table: 'saved_filters',
    row: props.saved,
    initial: (former) => ({ name: former?.name ?? '' }),
    values: ({ name }) => ({ name: trimmedName(name) }),
    onlyNew: () => ({ address: props.address }),
    unique: ({ name }) => (name.trim() === '' ? null : { table: 'saved_filters', name }),
    createLabel: 'Save filter',
    onCreated: ({ name }) => notify(`Saved as “${name}” for everyone`),
  });

  return (
    <FormDialog
      title={form.former === null ? 'Save this filter' : 'Rename saved filter'}
      action={form.former === null ? 'Save' : 'Rename'}
      open={props.open}
      onOpenChange={props.onOpenChange}
      blocked={form.blocked()}
      onSave={form.save}
    >
      <TextRow
        label="Name"
        value={form.typed.name}
        onChange={(name) => form.type({ name })}
        problem={form.problem('name')}
        hint="Everyone sees the filter under this name."
      />
    </FormDialog>
  );
}

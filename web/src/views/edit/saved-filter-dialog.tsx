/** Saves the current filter under a name, for everyone or for this device alone, or renames a saved filter. */
import { createSignal, Show } from 'solid-js';
import { v7 as uuid } from 'uuid';
import { keepPrivateFilter } from '../../preferences/private-filters.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ChoiceRow, TextRow } from '../../ui/form-fields.tsx';
import { notify } from '../../ui/notices.ts';
import { createEntityForm } from './create-entity-form.ts';
import { whileOpen } from './entity-dialog.tsx';
import { trimmedName } from './entity-fields.ts';

export interface SavedFilterDialogProps {
  /** The filter to rename; null saves a new one. */
  readonly saved: { readonly id: string; readonly name: string; readonly isPrivate: boolean } | null;
  /** The address within the app that the filter opens. */
  readonly address: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export const SavedFilterDialog = whileOpen(SavedFilterForm);

const audiences = [
  { value: 'everyone', label: 'Everyone' },
  { value: 'device', label: 'Only me, on this device' },
] as const;

function SavedFilterForm(props: SavedFilterDialogProps) {
  const renamed = props.saved;
  const [isPrivate, setPrivate] = createSignal(renamed?.isPrivate ?? false);
  const form = createEntityForm({
    table: 'saved_filters',
    row: renamed?.isPrivate === false ? renamed : null,
    initial: () => ({ name: renamed?.name ?? '' }),
    values: ({ name }) => ({ name: trimmedName(name) }),
    onlyNew: () => ({ address: props.address }),
    // Others may use the name of a filter that only this device knows.
    unique: ({ name }) => (name.trim() === '' || isPrivate() ? null : { table: 'saved_filters', name }),
    createLabel: 'Save filter',
    onCreated: ({ name }) => notify(`Saved “${name}” for everyone`),
  });

  async function save(): Promise<void> {
    if (!isPrivate()) return form.save();
    const name = trimmedName(form.typed.name);
    keepPrivateFilter({ id: renamed?.id ?? uuid(), name, address: props.address });
    if (renamed === null) notify(`Saved “${name}” on this device`);
  }
  return (
    <FormDialog
      title={renamed === null ? 'Save this filter' : 'Rename saved filter'}
      action={renamed === null ? 'Save' : 'Rename'}
      open={props.open}
      onOpenChange={props.onOpenChange}
      blocked={form.blocked()}
      onSave={save}
    >
      <TextRow
        label="Name"
        value={form.typed.name}
        onChange={(name) => form.type({ name })}
        problem={form.problem('name')}
      />
      <Show when={renamed === null}>
        <ChoiceRow
          label="Who sees it"
          value={isPrivate() ? 'device' : 'everyone'}
          choices={audiences}
          onChange={(value) => setPrivate(value === 'device')}
        />
      </Show>
    </FormDialog>
  );
}

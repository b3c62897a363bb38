/** Saves the current filter under a name, or renames a saved filter. */
import { mutationArgs } from '@ingesthub/schema/mutations.ts';
import { createMemo, createSignal, Show } from 'solid-js';
import { v7 as uuid } from 'uuid';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TextRow } from '../../ui/form-fields.tsx';
import { notify } from '../../ui/notices.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { createNameCheck } from './create-name-check.ts';
import { fieldProblems } from './entity-fields.ts';

export interface SavedFilterDialogProps {
  /** The filter to rename; null saves a new one. */
  readonly saved: { readonly id: string; readonly name: string } | null;
  /** The address within the app that a new filter opens. */
  readonly address: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function SavedFilterDialog(props: SavedFilterDialogProps) {
  return (
    <Show when={props.open}>
      <SavedFilterForm {...props} />
    </Show>
  );
}

function SavedFilterForm(props: SavedFilterDialogProps) {
  const { replica } = useReplica();
  const former = props.saved;
  const [name, setName] = createSignal(former?.name ?? '');
  const args = () => ({ ids: [former?.id ?? uuid()], set: { name: name(), address: props.address } });
  const problems = createMemo(() => fieldProblems(mutationArgs['saved_filters.create'].safeParse(args())));
  const nameTaken = createNameCheck(
    replica,
    () => (name().trim() === '' ? null : { table: 'saved_filters', name: name() }),
    () => former?.id ?? null,
  );

  async function save(): Promise<void> {
    if (former === null) {
      const made = mutationArgs['saved_filters.create'].parse(args());
      await replica.mutate('saved_filters.create', made, { label: `Save filter “${made.set.name}”` });
      notify(`Saved as “${made.set.name}” for everyone`);
      return;
    }
    if (name().trim() === former.name) return;
    const label = `Rename saved filter “${former.name}” to “${name().trim()}”`;
    await replica.mutate('saved_filters.edit', { ids: [former.id], set: { name: name() } }, { label });
  }

  return (
    <FormDialog
      title={former === null ? 'Save this filter' : 'Rename saved filter'}
      action={former === null ? 'Save' : 'Rename'}
      open={props.open}
      onOpenChange={props.onOpenChange}
      blocked={problems().size > 0 || nameTaken() !== null}
      onSave={save}
    >
      <TextRow
        label="Name"
        value={name()}
        onChange={setName}
        problem={nameTaken() ?? problems().get('name')}
        hint="Everyone sees the filter under this name."
      />
    </FormDialog>
  );
}

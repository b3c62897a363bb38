/** The common parts of the dialogs that create or edit something with a name and tags. */
import { type Component, type JSX, Show } from 'solid-js';
import { FormDialog, type FormDialogProps } from '../../ui/form-dialog.tsx';
import { TextRow } from '../../ui/form-fields.tsx';
import type { EntityForm } from './create-entity-form.ts';
import { entityNouns } from './delete-entity.ts';
import { type TypedNameAndTags, tagsProblem } from './entity-fields.ts';

export interface EntityDialogProps extends Pick<FormDialogProps, 'open' | 'onOpenChange'> {
  readonly form: EntityForm<unknown, TypedNameAndTags>;
  /** The fields between name and tags. */
  readonly children: JSX.Element;
}

export function EntityDialog(props: EntityDialogProps) {
  const { form } = props;
  const isNew = form.former === null;
  return (
    <FormDialog
      title={`${isNew ? 'New' : 'Edit'} ${entityNouns[form.table]}`}
      action={isNew ? 'Create' : 'Save'}
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
      />
      {props.children}
      <TextRow
        label="Tags"
        value={form.typed.tags}
        onChange={(tags) => form.type({ tags })}
        problem={tagsProblem(form.typed.tags) ?? form.problem('tags')}
        hint="Separate tags with commas."
      />
    </FormDialog>
  );
}

/** Wraps a form so that it starts fresh each time it is opened. */
export function whileOpen<Props extends { readonly open: boolean }>(Form: Component<Props>): Component<Props> {
  return (props) => (
    <Show when={props.open}>
      <Form {...props} />
    </Show>
  );
}

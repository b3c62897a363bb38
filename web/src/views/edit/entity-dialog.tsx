/** The common parts of the dialogs that create or edit something with a name and tags. */
import { type Component, type JSX, Show } from 'solid-js';
import { FormDialog, type FormDialogProps } from '../../ui/form-dialog.tsx';
import { TextRow } from '../../ui/form-fields.tsx';
import { tagsProblem } from './entity-fields.ts';

export interface EntityDialogProps extends Omit<FormDialogProps, 'title' | 'action'> {
  /** The noun in titles: 'project'. */
  readonly kind: string;
  readonly isNew: boolean;
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly nameProblem: string | null | undefined;
  readonly tags: string;
  readonly onTags: (tags: string) => void;
  /** The fields between name and tags. */
  readonly children: JSX.Element;
}

export function EntityDialog(props: EntityDialogProps) {
  return (
    <FormDialog
      title={`${props.isNew ? 'New' : 'Edit'} ${props.kind}`}
      action={props.isNew ? 'Create' : 'Save'}
      open={props.open}
      onOpenChange={props.onOpenChange}
      blocked={props.blocked || tagsProblem(props.tags) !== null}
      onSave={props.onSave}
    >
      <TextRow label="Name" value={props.name} onChange={props.onName} problem={props.nameProblem} />
      {props.children}
      <TextRow
        label="Tags"
        value={props.tags}
        onChange={props.onTags}
        problem={tagsProblem(props.tags)}
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

/** Builds the undo label of an edit. @param former the name before the edit. */
export function editLabel(kind: string, former: string, set: { readonly name?: string | undefined }): string {
  return set.name === undefined ? `Edit ${kind} “${former}”` : `Rename ${kind} “${former}” to “${set.name}”`;
}

/** What the dialogs share that make something with a name and tags, or change it. */
import { type Component, type JSX, Show } from 'solid-js';
import { FormDialog, type FormDialogProps } from '../../ui/form-dialog.tsx';
import { TextRow } from '../../ui/form-fields.tsx';
import { tagsProblem } from './entity-fields.ts';

export interface EntityDialogProps extends Omit<FormDialogProps, 'title' | 'action'> {
  /** What people call it: 'project'. */
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
        hint="Commas between them."
      />
    </FormDialog>
  );
}

/** A form that begins anew each time that it is opened. */
export function whileOpen<Props extends { readonly open: boolean }>(Form: Component<Props>): Component<Props> {
  return (props) => (
    <Show when={props.open}>
      <Form {...props} />
    </Show>
  );
}

/** What undo says of an edit. @param former its name before. */
export function editLabel(kind: string, former: string, set: { readonly name?: string | undefined }): string {
  return set.name === undefined ? `Edit ${kind} “${former}”` : `Rename ${kind} “${former}” to “${set.name}”`;
}

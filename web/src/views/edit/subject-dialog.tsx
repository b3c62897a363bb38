/** Creates or edits a subject of a project. */
import type { SubjectRow } from '@ingesthub/schema/library/rows.ts';
import { TextRow } from '../../ui/form-fields.tsx';
import { createEntityForm } from './create-entity-form.ts';
import { EntityDialog, whileOpen } from './entity-dialog.tsx';
import { nameAndTags, textOrNull, typedNameAndTags } from './entity-fields.ts';

export interface SubjectDialogProps {
  readonly projectId: string;
  /** Null creates a new subject. */
  readonly subject: SubjectRow | null;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export const SubjectDialog = whileOpen(SubjectForm);

function SubjectForm(props: SubjectDialogProps) {
  const form = createEntityForm({
    table: 'subjects',
    row: props.subject,
    initial: (former) => ({
      ...typedNameAndTags(former),
      dataset: former?.dataset_directory ?? '',
      notes: former?.notes ?? '',
    }),
    values: (typed) => ({
      ...nameAndTags(typed),
      dataset_directory: textOrNull(typed.dataset),
      notes: textOrNull(typed.notes),
    }),
    onlyNew: () => ({ project_id: props.projectId }),
    unique: ({ name }) => (name.trim() === '' ? null : { table: 'subjects', name, projectId: props.projectId }),
  });

  return (
    <EntityDialog form={form} open={props.open} onOpenChange={props.onOpenChange}>
      <TextRow
        label="Dataset directory"
        value={form.typed.dataset}
        monospace
        onChange={(dataset) => form.type({ dataset })}
        problem={form.problem('dataset_directory')}
        hint="Folder name below the datasets root. Leave empty if there is none."
      />
      <TextRow
        label="Notes"
        multiline
        value={form.typed.notes}
        onChange={(notes) => form.type({ notes })}
        problem={form.problem('notes')}
      />
    </EntityDialog>
  );
}

/** Creates an expected package, or edits a package. */
import type { PackageRow } from '@ingesthub/schema/library/rows.ts';
import { packageType } from '@ingesthub/schema/library/vocabulary.ts';
import { Show } from 'solid-js';
import { projectSubjectsQuery, type SubjectListRow } from '../../queries/subjects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { ChoiceRow, TextRow } from '../../ui/form-fields.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { createEntityForm } from './create-entity-form.ts';
import { EntityDialog, whileOpen } from './entity-dialog.tsx';
import { nameAndTags, textOrNull, typedNameAndTags } from './entity-fields.ts';
import { firstType, typeChoices } from './type-choices.ts';

export interface PackageDialogProps {
  readonly projectId: string;
  /** Null creates a new package. */
  readonly package: PackageRow | null;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export const PackageDialog = whileOpen(PackageForm);

function PackageForm(props: PackageDialogProps) {
  const { replica } = useReplica();
  const subjects = createLiveQuery<SubjectListRow>(replica, () => projectSubjectsQuery(props.projectId));
  const isNew = props.package === null;
  const form = createEntityForm({
    table: 'packages',
    row: props.package,
    initial: (former) => ({
      ...typedNameAndTags(former),
      type: former?.type ?? firstType,
      folder: former?.source_path ?? '',
      subject: former?.subject_id ?? '',
      description: former?.description ?? '',
    }),
    values: (typed) => ({
      ...nameAndTags(typed),
      type: typed.type,
      subject_id: typed.subject === '' ? null : typed.subject,
      description: textOrNull(typed.description),
    }),
    onlyNew: ({ folder }) => ({ project_id: props.projectId, source_path: folder.trim() }),
    unique: ({ folder }) =>
      isNew && folder.trim() !== '' ? { table: 'packages', sourcePath: folder, projectId: props.projectId } : null,
  });

  return (
    <EntityDialog form={form} open={props.open} onOpenChange={props.onOpenChange}>
      <ChoiceRow
        label="Type"
        value={form.typed.type}
        choices={typeChoices}
        onChange={(type) => form.type({ type: packageType.parse(type) })}
      />
      <Show when={isNew}>
        <TextRow
          label="Source folder"
          monospace
          value={form.typed.folder}
          onChange={(folder) => form.type({ folder })}
          problem={form.problem('source_path', 'Enter the full path from the root: /mnt/…')}
          hint="The folder to ingest, as the media server sees it."
        />
      </Show>
      <ChoiceRow
        label="Primary subject"
        value={form.typed.subject}
        choices={[{ value: '', label: 'Unknown' }, ...subjects().map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(subject) => form.type({ subject })}
      />
      <TextRow
        label="Description"
        multiline
        value={form.typed.description}
        onChange={(description) => form.type({ description })}
        problem={form.problem('description')}
      />
    </EntityDialog>
  );
}

/** Creates or edits a project. */
import type { ProjectRow } from '@ingesthub/schema/library/rows.ts';
import { packageType } from '@ingesthub/schema/library/vocabulary.ts';
import { Show } from 'solid-js';
import { ChoiceRow, TextRow } from '../../ui/form-fields.tsx';
import { createEntityForm } from './create-entity-form.ts';
import { EntityDialog, whileOpen } from './entity-dialog.tsx';
import { nameAndTags, textOrNull, typedNameAndTags } from './entity-fields.ts';
import { firstType, typeChoices } from './type-choices.ts';

export interface ProjectDialogProps {
  /** Null creates a new project. */
  readonly project: ProjectRow | null;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onCreated?: (id: string) => void;
}

export const ProjectDialog = whileOpen(ProjectForm);

function ProjectForm(props: ProjectDialogProps) {
  const form = createEntityForm({
    table: 'projects',
    row: props.project,
    initial: (former) => ({
      ...typedNameAndTags(former),
      type: former?.type ?? firstType,
      client: former?.client ?? '',
      notes: former?.notes ?? '',
    }),
    values: (typed) => ({ ...nameAndTags(typed), client: textOrNull(typed.client), notes: textOrNull(typed.notes) }),
    onlyNew: ({ type }) => ({ type }),
    unique: ({ name }) => (name.trim() === '' ? null : { table: 'projects', name }),
    onCreated: ({ id }) => props.onCreated?.(id),
  });

  return (
    <EntityDialog form={form} open={props.open} onOpenChange={props.onOpenChange}>
      <Show when={form.former === null}>
        <ChoiceRow
          label="Type"
          value={form.typed.type}
          choices={typeChoices}
          onChange={(type) => form.type({ type: packageType.parse(type) })}
        />
      </Show>
      <TextRow
        label="Client"
        value={form.typed.client}
        onChange={(client) => form.type({ client })}
        problem={form.problem('client')}
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

/** Makes a project, or changes one. */
import { mutationArgs } from '@ingesthub/schema/mutations.ts';
import type { ProjectRow } from '@ingesthub/schema/rows.ts';
import { packageType } from '@ingesthub/schema/vocabulary.ts';
import { createMemo, Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import { v7 as uuid } from 'uuid';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ChoiceRow, TextRow } from '../../ui/form-fields.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { createNameCheck } from './create-name-check.ts';
import { changedFields, fieldProblems, splitTags, tagsProblem, textOrNull } from './entity-fields.ts';
import { typeChoices } from './type-choices.ts';

export interface ProjectDialogProps {
  /** Null: a new one. */
  readonly project: ProjectRow | null;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onCreated?: (id: string) => void;
}

export function ProjectDialog(props: ProjectDialogProps) {
  return (
    <Show when={props.open}>
      <ProjectForm {...props} />
    </Show>
  );
}

function ProjectForm(props: ProjectDialogProps) {
  const { replica } = useReplica();
  const former = props.project;
  const [typed, setTyped] = createStore({
    name: former?.name ?? '',
    type: former?.type ?? 'vfx',
    client: former?.client ?? '',
    notes: former?.notes ?? '',
    tags: former?.tags.join(', ') ?? '',
  });
  const fields = () => ({
    name: typed.name.normalize('NFC').trim(),
    client: textOrNull(typed.client),
    notes: textOrNull(typed.notes),
    tags: splitTags(typed.tags),
  });
  const args = () => ({ ids: [former?.id ?? uuid()], set: { ...fields(), type: packageType.parse(typed.type) } });
  const problems = createMemo(() => fieldProblems(mutationArgs['projects.create'].safeParse(args())));
  const nameTaken = createNameCheck(
    replica,
    () => (typed.name.trim() === '' ? null : { table: 'projects', name: typed.name }),
    () => former?.id ?? null,
  );
  // An empty field is no news to who has just opened the dialog.
  const nameProblem = () => nameTaken() ?? (typed.name === '' ? null : (problems().get('name') ?? null));

  async function save(): Promise<void> {
    if (former === null) {
      const made = mutationArgs['projects.create'].parse(args());
      await replica.mutate('projects.create', made, { label: `Create project “${made.set.name}”` });
      props.onCreated?.(made.ids[0]);
      return;
    }
    const set = changedFields(fields(), former);
    if (set === null) return;
    const label =
      set.name === undefined ? `Edit project “${former.name}”` : `Rename project “${former.name}” to “${set.name}”`;
    await replica.mutate('projects.edit', { ids: [former.id], set }, { label });
  }

  return (
    <FormDialog
      title={former === null ? 'New project' : 'Edit project'}
      action={former === null ? 'Create' : 'Save'}
      open={props.open}
      onOpenChange={props.onOpenChange}
      blocked={problems().size > 0 || nameTaken() !== null || tagsProblem(typed.tags) !== null}
      onSave={save}
    >
      <TextRow label="Name" value={typed.name} onChange={(name) => setTyped({ name })} problem={nameProblem()} />
      <Show when={former === null}>
        <ChoiceRow
          label="Type"
          value={typed.type}
          choices={typeChoices}
          onChange={(type) => setTyped({ type: packageType.parse(type) })}
        />
      </Show>
      <TextRow
        label="Client"
        value={typed.client}
        onChange={(client) => setTyped({ client })}
        problem={problems().get('client')}
      />
      <TextRow
        label="Notes"
        multiline
        value={typed.notes}
        onChange={(notes) => setTyped({ notes })}
        problem={problems().get('notes')}
      />
      <TextRow
        label="Tags"
        value={typed.tags}
        onChange={(tags) => setTyped({ tags })}
        problem={tagsProblem(typed.tags)}
        hint="Commas between them."
      />
    </FormDialog>
  );
}

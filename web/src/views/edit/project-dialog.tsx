/** Creates or edits a project. */
import { mutationArgs } from '@ingesthub/schema/mutations.ts';
import type { ProjectRow } from '@ingesthub/schema/rows.ts';
import { packageType } from '@ingesthub/schema/vocabulary.ts';
import { createMemo, Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import { v7 as uuid } from 'uuid';
import { ChoiceRow, TextRow } from '../../ui/form-fields.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { createNameCheck } from './create-name-check.ts';
import { EntityDialog, editLabel, whileOpen } from './entity-dialog.tsx';
import { asOpened, changedFields, fieldProblems, splitTags, textOrNull } from './entity-fields.ts';
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
  const { replica } = useReplica();
  const former = asOpened(props.project);
  const [typed, setTyped] = createStore({
    name: former?.name ?? '',
    type: former?.type ?? firstType,
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
  const nameProblem = () => nameTaken() ?? problems().get('name');

  async function save(): Promise<void> {
    if (former === null) {
      const made = mutationArgs['projects.create'].parse(args());
      await replica.mutate('projects.create', made, { label: `Create project “${made.set.name}”` });
      props.onCreated?.(made.ids[0]);
      return;
    }
    const set = changedFields(fields(), former);
    if (set === null) return;
    const label = editLabel('project', former.name, set);
    await replica.mutate('projects.edit', { ids: [former.id], set }, { label });
  }

  return (
    <EntityDialog
      kind="project"
      isNew={former === null}
      name={typed.name}
      onName={(name) => setTyped({ name })}
      nameProblem={nameProblem()}
      tags={typed.tags}
      onTags={(tags) => setTyped({ tags })}
      open={props.open}
      onOpenChange={props.onOpenChange}
      blocked={problems().size > 0 || nameTaken() !== null}
      onSave={save}
    >
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
    </EntityDialog>
  );
}

/** Makes a subject of a project, or changes one. */
import { mutationArgs } from '@ingesthub/schema/mutations.ts';
import type { SubjectRow } from '@ingesthub/schema/rows.ts';
import { createMemo, Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import { v7 as uuid } from 'uuid';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TextRow } from '../../ui/form-fields.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { createNameCheck } from './create-name-check.ts';
import { changedFields, fieldProblems, splitTags, tagsProblem, textOrNull } from './entity-fields.ts';

export interface SubjectDialogProps {
  readonly projectId: string;
  /** Null: a new one. */
  readonly subject: SubjectRow | null;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function SubjectDialog(props: SubjectDialogProps) {
  return (
    <Show when={props.open}>
      <SubjectForm {...props} />
    </Show>
  );
}

function SubjectForm(props: SubjectDialogProps) {
  const { replica } = useReplica();
  const former = props.subject;
  const [typed, setTyped] = createStore({
    name: former?.name ?? '',
    dataset: former?.dataset_directory ?? '',
    notes: former?.notes ?? '',
    tags: former?.tags.join(', ') ?? '',
  });
  const fields = () => ({
    name: typed.name.normalize('NFC').trim(),
    dataset_directory: textOrNull(typed.dataset),
    notes: textOrNull(typed.notes),
    tags: splitTags(typed.tags),
  });
  const args = () => ({ ids: [former?.id ?? uuid()], set: { ...fields(), project_id: props.projectId } });
  const problems = createMemo(() => fieldProblems(mutationArgs['subjects.create'].safeParse(args())));
  const nameTaken = createNameCheck(
    replica,
    () => (typed.name.trim() === '' ? null : { table: 'subjects', name: typed.name, projectId: props.projectId }),
    () => former?.id ?? null,
  );
  const nameProblem = () => nameTaken() ?? (typed.name === '' ? null : (problems().get('name') ?? null));

  async function save(): Promise<void> {
    if (former === null) {
      const made = mutationArgs['subjects.create'].parse(args());
      await replica.mutate('subjects.create', made, { label: `Create subject “${made.set.name}”` });
      return;
    }
    const set = changedFields(fields(), former);
    if (set === null) return;
    const label =
      set.name === undefined ? `Edit subject “${former.name}”` : `Rename subject “${former.name}” to “${set.name}”`;
    await replica.mutate('subjects.edit', { ids: [former.id], set }, { label });
  }

  return (
    <FormDialog
      title={former === null ? 'New subject' : 'Edit subject'}
      action={former === null ? 'Create' : 'Save'}
      open={props.open}
      onOpenChange={props.onOpenChange}
      blocked={problems().size > 0 || nameTaken() !== null || tagsProblem(typed.tags) !== null}
      onSave={save}
    >
      <TextRow label="Name" value={typed.name} onChange={(name) => setTyped({ name })} problem={nameProblem()} />
      <TextRow
        label="Dataset directory"
        value={typed.dataset}
        monospace
        onChange={(dataset) => setTyped({ dataset })}
        problem={problems().get('dataset_directory')}
        hint="Its name below the datasets folder; empty: none yet."
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

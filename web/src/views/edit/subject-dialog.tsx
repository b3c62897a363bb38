/** Creates or edits a subject of a project. */
import { mutationArgs } from '@ingesthub/schema/mutations.ts';
import type { SubjectRow } from '@ingesthub/schema/rows.ts';
import { createMemo } from 'solid-js';
import { createStore } from 'solid-js/store';
import { v7 as uuid } from 'uuid';
import { TextRow } from '../../ui/form-fields.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { createNameCheck } from './create-name-check.ts';
import { EntityDialog, editLabel, whileOpen } from './entity-dialog.tsx';
import { asOpened, changedFields, fieldProblems, splitTags, textOrNull } from './entity-fields.ts';

export interface SubjectDialogProps {
  readonly projectId: string;
  /** Null creates a new subject. */
  readonly subject: SubjectRow | null;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export const SubjectDialog = whileOpen(SubjectForm);

function SubjectForm(props: SubjectDialogProps) {
  const { replica } = useReplica();
  const former = asOpened(props.subject);
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
  const nameProblem = () => nameTaken() ?? problems().get('name');

  async function save(): Promise<void> {
    if (former === null) {
      const made = mutationArgs['subjects.create'].parse(args());
      await replica.mutate('subjects.create', made, { label: `Create subject “${made.set.name}”` });
      return;
    }
    const set = changedFields(fields(), former);
    if (set === null) return;
    const label = editLabel('subject', former.name, set);
    await replica.mutate('subjects.edit', { ids: [former.id], set }, { label });
  }

  return (
    <EntityDialog
      kind="subject"
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
      <TextRow
        label="Dataset directory"
        value={typed.dataset}
        monospace
        onChange={(dataset) => setTyped({ dataset })}
        problem={problems().get('dataset_directory')}
        hint="Folder name below the datasets root. Leave empty if there is none."
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

/** Creates an expected package, or edits a package. */
import { mutationArgs } from '@ingesthub/schema/mutations.ts';
import type { PackageRow } from '@ingesthub/schema/rows.ts';
import { packageType } from '@ingesthub/schema/vocabulary.ts';
import { createMemo, Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import { v7 as uuid } from 'uuid';
import { projectSubjectsQuery, type SubjectListRow } from '../../queries/subjects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { ChoiceRow, TextRow } from '../../ui/form-fields.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { createNameCheck } from './create-name-check.ts';
import { EntityDialog, editLabel, whileOpen } from './entity-dialog.tsx';
import { asOpened, changedFields, fieldProblems, splitTags, textOrNull } from './entity-fields.ts';
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
  const former = asOpened(props.package);
  const subjects = createLiveQuery<SubjectListRow>(replica, () => projectSubjectsQuery(props.projectId));
  const [typed, setTyped] = createStore({
    name: former?.name ?? '',
    type: former?.type ?? firstType,
    folder: former?.source_path ?? '',
    subject: former?.subject_id ?? '',
    description: former?.description ?? '',
    tags: former?.tags.join(', ') ?? '',
  });
  const fields = () => ({
    name: typed.name.normalize('NFC').trim(),
    type: typed.type,
    subject_id: typed.subject === '' ? null : typed.subject,
    description: textOrNull(typed.description),
    tags: splitTags(typed.tags),
  });
  const args = () => ({
    ids: [former?.id ?? uuid()],
    set: { ...fields(), project_id: props.projectId, source_path: typed.folder.trim() },
  });
  const problems = createMemo(() => fieldProblems(mutationArgs['packages.create'].safeParse(args())));
  const folderTaken = createNameCheck(
    replica,
    () =>
      former !== null || typed.folder.trim() === ''
        ? null
        : { table: 'packages', sourcePath: typed.folder, projectId: props.projectId },
    () => null,
  );
  const folderProblem = () => {
    if (folderTaken() !== null) return folderTaken();
    return problems().has('source_path') ? 'Enter the full path from the root: /mnt/…' : null;
  };

  async function save(): Promise<void> {
    if (former === null) {
      const made = mutationArgs['packages.create'].parse(args());
      await replica.mutate('packages.create', made, { label: `Create package “${made.set.name}”` });
      return;
    }
    const set = changedFields(fields(), former);
    if (set === null) return;
    const label = editLabel('package', former.name, set);
    await replica.mutate('packages.edit', { ids: [former.id], set }, { label });
  }

  return (
    <EntityDialog
      kind="package"
      isNew={former === null}
      name={typed.name}
      onName={(name) => setTyped({ name })}
      nameProblem={problems().get('name')}
      tags={typed.tags}
      onTags={(tags) => setTyped({ tags })}
      open={props.open}
      onOpenChange={props.onOpenChange}
      blocked={problems().size > 0 || folderTaken() !== null}
      onSave={save}
    >
      <ChoiceRow
        label="Type"
        value={typed.type}
        choices={typeChoices}
        onChange={(type) => setTyped({ type: packageType.parse(type) })}
      />
      <Show when={former === null}>
        <TextRow
          label="Source folder"
          monospace
          value={typed.folder}
          onChange={(folder) => setTyped({ folder })}
          problem={folderProblem()}
          hint="The folder to ingest, as the media server sees it."
        />
      </Show>
      <ChoiceRow
        label="Primary subject"
        value={typed.subject}
        choices={[{ value: '', label: 'Unknown' }, ...subjects().map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(subject) => setTyped({ subject })}
      />
      <TextRow
        label="Description"
        multiline
        value={typed.description}
        onChange={(description) => setTyped({ description })}
        problem={problems().get('description')}
      />
    </EntityDialog>
  );
}

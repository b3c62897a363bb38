/** Edits several packages at once. */
import { createSignal, Show } from 'solid-js';
import type { PackageListRow } from '../../queries/packages.ts';
import { projectSubjectsQuery, type SubjectListRow } from '../../queries/subjects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { ChoiceRow, TextRow } from '../../ui/form-fields.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { asOpened, textOrNull } from '../edit/entity-fields.ts';
import { typeChoices } from '../edit/type-choices.ts';
import { EditManyDialog } from '../lists/edit-many-dialog.tsx';
import { sharedValue } from '../lists/shared-value.ts';

/** The choice that leaves every package as it is; no type and no subject is called so. */
const KEEP = 'keep';
const UNKNOWN = '';

export function EditPackagesDialog(props: { rows: readonly PackageListRow[]; onClose: () => void }) {
  const { replica } = useReplica();
  const rows = props.rows.map(asOpened);
  const project = sharedValue(rows, (row) => row.project_id);
  const subjects = createLiveQuery<SubjectListRow>(replica, () =>
    project === undefined ? null : projectSubjectsQuery(project),
  );
  const formerType = sharedValue(rows, (row) => row.type) ?? KEEP;
  const formerSubject = sharedValue(rows, (row) => row.subject_id ?? UNKNOWN) ?? KEEP;
  const formerDescription = sharedValue(rows, (row) => row.description ?? '');
  const [type, setType] = createSignal<string>(formerType);
  const [subject, setSubject] = createSignal<string>(formerSubject);
  const [description, setDescription] = createSignal(formerDescription ?? '');
  const keep = (former: string) => (former === KEEP ? [{ value: KEEP, label: 'As each has it' }] : []);

  return (
    <EditManyDialog
      table="packages"
      noun="package"
      rows={rows}
      onClose={props.onClose}
      set={() => ({
        ...(type() !== formerType && { type: type() }),
        ...(subject() !== formerSubject && { subject_id: subject() === UNKNOWN ? null : subject() }),
        ...(description() !== (formerDescription ?? '') && { description: textOrNull(description()) }),
      })}
    >
      <ChoiceRow label="Type" value={type()} choices={[...keep(formerType), ...typeChoices]} onChange={setType} />
      <Show when={project !== undefined}>
        <ChoiceRow
          label="Primary subject"
          value={subject()}
          choices={[
            ...keep(formerSubject),
            { value: UNKNOWN, label: 'Unknown' },
            ...subjects().map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={setSubject}
        />
      </Show>
      <TextRow
        label="Description"
        multiline
        value={description()}
        onChange={setDescription}
        {...(formerDescription === undefined && { hint: 'They differ. Leave this empty to keep each one.' })}
      />
    </EditManyDialog>
  );
}

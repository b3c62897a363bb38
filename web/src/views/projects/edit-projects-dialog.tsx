/** Edits several projects at once. */
import { createSignal } from 'solid-js';
import type { ProjectListRow } from '../../queries/projects.ts';
import { TextRow } from '../../ui/form-fields.tsx';
import { asOpened, textOrNull } from '../edit/entity-fields.ts';
import { EditManyDialog } from '../lists/edit-many-dialog.tsx';
import { sharedValue } from '../lists/shared-value.ts';

export function EditProjectsDialog(props: { rows: readonly ProjectListRow[]; onClose: () => void }) {
  const rows = props.rows.map(asOpened);
  const formerClient = sharedValue(rows, (row) => row.client ?? '');
  const formerNotes = sharedValue(rows, (row) => row.notes ?? '');
  const [client, setClient] = createSignal(formerClient ?? '');
  const [notes, setNotes] = createSignal(formerNotes ?? '');
  const differ = (former: string | undefined) =>
    former === undefined ? { hint: 'They differ. Leave this empty to keep each one.' } : {};
  return (
    <EditManyDialog
      table="projects"
      noun="project"
      rows={rows}
      onClose={props.onClose}
      set={() => ({
        ...(client() !== (formerClient ?? '') && { client: textOrNull(client()) }),
        ...(notes() !== (formerNotes ?? '') && { notes: textOrNull(notes()) }),
      })}
    >
      <TextRow label="Client" value={client()} onChange={setClient} {...differ(formerClient)} />
      <TextRow label="Notes" multiline value={notes()} onChange={setNotes} {...differ(formerNotes)} />
    </EditManyDialog>
  );
}

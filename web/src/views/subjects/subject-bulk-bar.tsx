/** The bulk actions on subjects: tag, edit, delete. */
import { createSignal, type JSX, Show } from 'solid-js';
import type { SubjectDetailRow } from '../../queries/subjects.ts';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import type { Table } from '../../ui/data-table/create-table.ts';
import { formatCountOf } from '../../ui/format.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { asOpened } from '../edit/entity-fields.ts';
import { SubjectDialog } from '../edit/subject-dialog.tsx';
import { BulkBar, BulkButton } from '../lists/bulk-bar.tsx';
import { BulkTags, createTagPicker } from '../lists/bulk-tags.tsx';
import { changeTogether } from '../lists/change-together.ts';
import { EditManyDialog } from '../lists/edit-many-dialog.tsx';
import { sumKnown } from '../lists/sum-known.ts';
import { deleteSubjects, deleteSubjectsTitle } from './subject-changes.ts';

export function SubjectBulkBar(props: {
  table: Table<SubjectDetailRow>;
  assetCount: (subject: SubjectDetailRow) => number | null;
  /** The footer without a selection. */
  children: JSX.Element;
}) {
  const { replica } = useReplica();
  const { table } = props;
  const picker = createTagPicker(table);
  const [editing, setEditing] = createSignal<readonly SubjectDetailRow[] | null>(null);

  function edit(): boolean {
    const rows = table.targets();
    if (rows.length > 0) setEditing(rows);
    return rows.length > 0;
  }
  function remove(): boolean {
    const rows = table.targets();
    if (rows.length === 0) return false;
    const { calls, ...texts } = deleteSubjects(rows.map(({ id }) => id));
    void changeTogether(replica, calls, texts);
    return true;
  }
  createShortcuts({ edit, delete: remove });

  return (
    <>
      <BulkBar table={table} noun="subject" footer={props.children}>
        <BulkTags table={table} rowsOf="subjects" noun="subject" picker={picker} />
        <BulkButton icon="edit" label="Edit" shortcut="edit" onClick={edit} />
        <BulkButton
          icon="delete"
          label="Delete"
          shortcut="delete"
          title={deleteSubjectsTitle(table.selected().length, sumKnown(table.selected(), props.assetCount))}
          onClick={remove}
        />
      </BulkBar>
      <Show when={editing()} keyed>
        {(rows) => (
          <Show
            when={rows.length === 1 && rows[0]}
            fallback={
              <EditManyDialog
                table="subjects"
                noun="subject"
                rows={rows.map(asOpened)}
                set={() => ({})}
                onClose={() => setEditing(null)}
              >
                <p class="muted">
                  {formatCountOf(rows.length, 'subject')} get the same change. Names and dataset directories stay.
                </p>
              </EditManyDialog>
            }
          >
            {(row) => (
              <SubjectDialog
                projectId={row().project_id}
                subject={row()}
                open
                onOpenChange={(open) => {
                  if (!open) setEditing(null);
                }}
              />
            )}
          </Show>
        )}
      </Show>
    </>
  );
}

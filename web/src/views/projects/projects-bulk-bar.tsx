/** The bulk actions on projects: tag, edit, delete. */
import { createSignal, type JSX, Show } from 'solid-js';
import type { ProjectListRow } from '../../queries/projects.ts';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import type { Table } from '../../ui/data-table/create-table.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { ProjectDialog } from '../edit/project-dialog.tsx';
import { BulkBar, BulkButton } from '../lists/bulk-bar.tsx';
import { BulkTags, createTagPicker } from '../lists/bulk-tags.tsx';
import { changeTogether } from '../lists/change-together.ts';
import { sumKnown } from '../lists/sum-known.ts';
import { EditProjectsDialog } from './edit-projects-dialog.tsx';
import { deleteProjects, deleteProjectsTitle } from './project-changes.ts';

export function ProjectsBulkBar(props: {
  table: Table<ProjectListRow>;
  /** Returns the assets of a project; null while they are not known. */
  assets: (project: ProjectListRow) => number | null;
  /** The footer without a selection. */
  children: JSX.Element;
}) {
  const { replica } = useReplica();
  const { table } = props;
  const picker = createTagPicker(table);
  const [editing, setEditing] = createSignal<readonly ProjectListRow[] | null>(null);
  const heldBy = (rows: readonly ProjectListRow[]) => ({
    packages: rows.reduce((sum, row) => sum + row.package_count, 0),
    assets: sumKnown(rows, props.assets),
  });

  function edit(): boolean {
    const rows = table.targets();
    if (rows.length > 0) setEditing(rows);
    return rows.length > 0;
  }
  function remove(): boolean {
    const rows = table.targets();
    if (rows.length === 0) return false;
    const { calls, ...texts } = deleteProjects(
      rows.map(({ id }) => id),
      heldBy(rows),
    );
    void changeTogether(replica, calls, texts);
    return true;
  }
  createShortcuts({ edit, delete: remove });

  return (
    <>
      <BulkBar table={table} noun="project" footer={props.children}>
        <BulkTags table={table} rowsOf="projects" noun="project" picker={picker} />
        <BulkButton icon="edit" label="Edit" shortcut="edit" onClick={edit} />
        <BulkButton
          icon="delete"
          label="Delete"
          shortcut="delete"
          title={deleteProjectsTitle(table.selected().length, heldBy(table.selected()))}
          onClick={remove}
        />
      </BulkBar>
      <Show when={editing()} keyed>
        {(rows) => (
          <Show
            when={rows.length === 1 && rows[0]}
            fallback={<EditProjectsDialog rows={rows} onClose={() => setEditing(null)} />}
          >
            {(row) => (
              <ProjectDialog
                project={row()}
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

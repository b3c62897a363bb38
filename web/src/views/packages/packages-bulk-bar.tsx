/** The bulk actions on packages: pick up, hand back, tag, move to a subject, edit, delete. */
import type { PackageSummaryRow } from '@ingesthub/schema/library/rows.ts';
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import type { PackageListRow } from '../../queries/packages.ts';
import { projectSubjectsQuery, type SubjectListRow } from '../../queries/subjects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import type { Table } from '../../ui/data-table/create-table.ts';
import { NamePicker } from '../../ui/name-picker.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { PackageDialog } from '../edit/package-dialog.tsx';
import { BulkBar, BulkButton, BulkLabel } from '../lists/bulk-bar.tsx';
import { BulkTags, createTagPicker } from '../lists/bulk-tags.tsx';
import { changeTogether } from '../lists/change-together.ts';
import { sumKnown } from '../lists/sum-known.ts';
import { EditPackagesDialog } from './edit-packages-dialog.tsx';
import { deletePackages, deletePackagesTitle, type ManyChange, pickUpPackages, setSubject } from './package-changes.ts';

export function PackagesBulkBar(props: {
  table: Table<PackageListRow>;
  summary: (row: PackageListRow) => PackageSummaryRow | null;
  /** The footer without a selection. */
  children: JSX.Element;
}) {
  const { replica } = useReplica();
  const { table } = props;
  const picker = createTagPicker(table);
  const [editing, setEditing] = createSignal<readonly PackageListRow[] | null>(null);
  const [moving, setMoving] = createSignal(false);

  const idsOf = (rows: readonly PackageListRow[]) => rows.map(({ id }) => id);
  const assetsOf = (rows: readonly PackageListRow[]) =>
    sumKnown(rows, (row) => props.summary(row)?.asset_count ?? null);
  /** @returns false when there is nothing to change. */
  function change(make: (rows: readonly PackageListRow[]) => ManyChange): boolean {
    const rows = table.targets();
    if (rows.length === 0) return false;
    const { calls, ...texts } = make(rows);
    void changeTogether(replica, calls, texts);
    return true;
  }
  const pickUp = () => change((rows) => pickUpPackages(idsOf(rows), true));
  const handBack = () => change((rows) => pickUpPackages(idsOf(rows), false));
  const remove = () => change((rows) => deletePackages(idsOf(rows), assetsOf(rows)));
  function edit(): boolean {
    const rows = table.targets();
    if (rows.length > 0) setEditing(rows);
    return rows.length > 0;
  }

  /** The project whose subjects the selected packages can be moved to; null when they are of several. */
  const project = createMemo(() => {
    const projects = new Set(table.selected().map((row) => row.project_id));
    const [only] = projects;
    return projects.size === 1 ? (only ?? null) : null;
  });
  const subjects = createLiveQuery<SubjectListRow>(replica, () => {
    const id = project();
    return id === null ? null : projectSubjectsQuery(id);
  });
  function move(name: string): void {
    const subject = subjects().find((one) => one.name === name);
    if (subject !== undefined) change((rows) => setSubject(idsOf(rows), { id: subject.id, name }));
  }
  createShortcuts({
    pickUp,
    handBack,
    edit,
    delete: remove,
    moveTo() {
      const [only] = table.targets();
      if (table.selected().length === 0 && only !== undefined) table.selection.only(only.id);
      if (project() === null) return false;
      setMoving(true);
      return true;
    },
  });

  return (
    <>
      <BulkBar table={table} noun="package" footer={props.children}>
        <BulkTags table={table} rowsOf="packages" noun="package" picker={picker} />
        <BulkButton icon="pickedUp" label="Pick up" shortcut="pickUp" onClick={pickUp} />
        <BulkButton icon="handBack" label="Hand back" shortcut="handBack" onClick={handBack} />
        <Show when={project() !== null}>
          <NamePicker
            label={<BulkLabel icon="subject" label="Move" shortcut="moveTo" />}
            fieldLabel="Move the selected packages to a subject"
            kind="subject"
            names={subjects().map(({ name }) => ({ name, count: null }))}
            open={moving()}
            onOpenChange={setMoving}
            onPick={move}
          />
        </Show>
        <BulkButton icon="edit" label="Edit" shortcut="edit" onClick={edit} />
        <BulkButton
          icon="delete"
          label="Delete"
          shortcut="delete"
          title={deletePackagesTitle(table.selected().length, assetsOf(table.selected()))}
          onClick={remove}
        />
      </BulkBar>
      <Show when={editing()} keyed>
        {(rows) => (
          <Show
            when={rows.length === 1 && rows[0]}
            fallback={<EditPackagesDialog rows={rows} onClose={() => setEditing(null)} />}
          >
            {(row) => (
              <PackageDialog
                projectId={row().project_id}
                package={row()}
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

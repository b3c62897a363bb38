/** The buttons that add a tag to the selected rows of a list and remove one, with their keys. */
import { createSignal } from 'solid-js';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import type { Table } from '../../ui/data-table/create-table.ts';
import { formatCountOf } from '../../ui/format.ts';
import { NamePicker } from '../../ui/name-picker.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { BulkLabel } from './bulk-bar.tsx';
import { changeTogether } from './change-together.ts';
import { countTags, type TaggedRow, type TaggedTable, tagCalls } from './tag-calls.ts';

type Picker = 'add' | 'remove';

/** The picker that is open. It outlives the buttons, which exist only while rows are selected. */
export function createTagPicker<Row extends TaggedRow>(table: Table<Row>) {
  const [open, setOpen] = createSignal<Picker | null>(null);
  function show(picker: Picker): boolean {
    const targets = table.targets();
    if (targets.length === 0) return false;
    // The list hangs on a button of the bar, which shows what it will change.
    if (table.selected().length === 0 && targets[0] !== undefined) table.selection.only(table.key(targets[0]));
    setOpen(picker);
    return true;
  }
  createShortcuts({ tag: () => show('add'), untag: () => show('remove') });
  return { open, setOpen };
}

export function BulkTags<Row extends TaggedRow>(props: {
  table: Table<Row>;
  rowsOf: TaggedTable;
  noun: string;
  picker: ReturnType<typeof createTagPicker<Row>>;
}) {
  const { replica } = useReplica();
  const { table, picker, rowsOf, noun } = props;
  const shown = (one: Picker) => ({
    open: picker.open() === one,
    onOpenChange: (open: boolean) => void picker.setOpen(open ? one : null),
  });
  function change(tag: string, adds: boolean): void {
    const rows = table.selected();
    const many = formatCountOf(rows.length, noun);
    void changeTogether(replica, tagCalls(rowsOf, rows, adds ? [tag] : [], adds ? [] : [tag]), {
      label: adds ? `Add tag “${tag}” to ${many}` : `Remove tag “${tag}” from ${many}`,
      done: (count) => `${adds ? 'Added' : 'Removed'} “${tag}” ${adds ? 'to' : 'from'} ${formatCountOf(count, noun)}`,
    });
  }
  return (
    <>
      <NamePicker
        label={<BulkLabel icon="tag" label="Tag" shortcut="tag" />}
        fieldLabel={`Add a tag to the selected ${noun}s`}
        names={countTags(table.rows())}
        allowNew
        {...shown('add')}
        onPick={(tag) => change(tag, true)}
      />
      <NamePicker
        label={<BulkLabel icon="untag" label="Untag" shortcut="untag" />}
        fieldLabel={`Remove a tag from the selected ${noun}s`}
        names={countTags(table.selected())}
        {...shown('remove')}
        onPick={(tag) => change(tag, false)}
      />
    </>
  );
}

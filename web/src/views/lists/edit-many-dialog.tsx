/** A dialog that edits several rows at once: what is left as it is stays as each row has it. */
import type { MutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import { createSignal, type JSX } from 'solid-js';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TextRow } from '../../ui/form-fields.tsx';
import { formatCountOf } from '../../ui/format.ts';
import { notify } from '../../ui/notices.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { undoAction } from '../../ui/undo.ts';
import { splitTags, tagsProblem } from '../edit/entity-fields.ts';
import { mutateTogether } from './change-together.ts';
import { type TaggedRow, type TaggedTable, tagCalls } from './tag-calls.ts';
import type { TagChoices } from './tag-choices.ts';
import { TagStates } from './tag-states.tsx';

export interface EditManyDialogProps {
  readonly table: TaggedTable;
  /** The word for a row: 'package'. */
  readonly noun: string;
  /** The rows as they were when the dialog opened. */
  readonly rows: readonly TaggedRow[];
  /** Returns the columns to set in all rows, besides the tags. */
  readonly set: () => Readonly<Record<string, unknown>>;
  readonly onClose: () => void;
  /** The fields above the tags. */
  readonly children: JSX.Element;
}

export function EditManyDialog(props: EditManyDialogProps) {
  const { replica } = useReplica();
  const { table, noun, rows } = props;
  const [choices, setChoices] = createSignal<TagChoices>({});
  const [added, setAdded] = createSignal('');

  async function save(): Promise<void> {
    const wanted = (all: boolean) => Object.keys(choices()).filter((tag) => choices()[tag] === all);
    const set = props.set();
    const ids = rows.map(({ id }) => id);
    const calls: MutationCall[] = tagCalls(table, rows, [...wanted(true), ...splitTags(added())], wanted(false));
    if (Object.keys(set).length > 0) calls.push({ name: `${table}.edit`, args: { ids, set } } as MutationCall);
    const changed = new Set<string>();
    await mutateTogether(replica, calls, `Edit ${formatCountOf(rows.length, noun)}`, changed);
    if (changed.size > 0) notify(`Changed ${formatCountOf(changed.size, noun)}`, { action: undoAction(replica) });
    else notify('Already done');
  }

  return (
    <FormDialog
      title={`Edit ${formatCountOf(rows.length, noun)}`}
      action="Save"
      open
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
      blocked={tagsProblem(added()) !== null}
      onSave={save}
    >
      {props.children}
      <TagStates rows={rows} choices={choices()} onChoose={setChoices} />
      <TextRow
        label="Add tags"
        value={added()}
        onChange={setAdded}
        problem={tagsProblem(added())}
        hint="Separate tags with commas."
      />
    </FormDialog>
  );
}

/** Edits the selected assets: tags, status, subject, camera and type, as one step for undo. */
import {
  ASSET_TYPE_LABELS,
  ASSET_TYPES,
  assetTypesOf,
  PACKAGE_TYPES,
} from '@ingesthub/schema/library/package-kinds.ts';
import type { AssetType, ReviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
import { cameraName } from '@ingesthub/schema/mutations/mutations.ts';
import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js';
import { countsOf, type ListCounts, tagsIn } from '../../../queries/list-counts.ts';
import { projectSubjectsQuery, type SubjectListRow } from '../../../queries/subjects.ts';
import { createLiveQuery } from '../../../replica/read/create-live-query.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { ChoiceRow, TextRow } from '../../../ui/form-fields.tsx';
import { formatCountOf } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { NamePicker } from '../../../ui/name-picker.tsx';
import { useReplica } from '../../../ui/replica-context.ts';
import { reviewStatuses } from '../../../ui/review-status.ts';
import type { AssetChange } from '../changes/asset-changes.ts';
import { createSelectionSums } from './create-selection-sums.ts';
import styles from './edit-dialog.module.css';
import { editChanges, KEEP, NONE, noEdits } from './edits.ts';
import type { Shared } from './selection-sums.ts';
import { TagChecks } from './tag-checks.tsx';
import { tagStates, turnTag } from './tag-choices.ts';

export interface EditDialogProps {
  /** The assets to edit, as of the opening. */
  readonly ids: ReadonlySet<string>;
  /** Null where the assets may be of several projects, whose subjects differ. */
  readonly projectId: string | null;
  readonly counts: ListCounts;
  readonly onChange: (changes: readonly AssetChange[], ids: readonly string[]) => void;
  readonly onClose: () => void;
}

export default function EditDialog(props: EditDialogProps) {
  const { replica } = useReplica();
  const { ids } = props;
  const { sums } = createSelectionSums(replica, () => ids);
  const subjects = createLiveQuery<SubjectListRow>(replica, () =>
    props.projectId === null ? null : projectSubjectsQuery(props.projectId),
  );
  const [edits, setEdits] = createSignal(noEdits);
  const edit = (change: Partial<typeof noEdits>) => setEdits({ ...edits(), ...change });
  const [adding, setAdding] = createSignal(false);
  const camerasId = createUniqueId();

  const tags = createMemo(() => tagStates(sums()?.tags ?? [], ids.size, edits().tags));
  const cameras = createMemo(() => [...countsOf(props.counts, 'camera').keys()].filter((name) => name !== null));
  const cameraProblem = () => {
    if (edits().cameraMode !== 'set') return null;
    return cameraName.safeParse(edits().camera).error?.issues[0]?.message ?? null;
  };
  const nowOf = (
    fact: 'subject' | 'camera' | 'review_status' | 'asset_type',
    word: (value: string) => string = (value) => value,
  ) => describe(sums()?.facts[fact], word);

  return (
    <FormDialog
      title={`Edit ${formatCountOf(ids.size, 'asset')}`}
      action="Apply"
      open
      onOpenChange={(open) => !open && props.onClose()}
      blocked={cameraProblem() !== null}
      onSave={async () => {
        const changes = editChanges(edits(), subjects());
        if (changes.length > 0) props.onChange(changes, [...ids]);
      }}
    >
      <fieldset class={styles['group']}>
        <legend>Tags</legend>
        <Show when={sums()} fallback={<p class="muted small">Reading the tags…</p>}>
          <Show when={tags().length > 0} fallback={<p class="muted small">No tags yet</p>}>
            <TagChecks tags={tags()} assets={ids.size} onTurn={(tag) => edit({ tags: turnTag(tag, edits().tags) })} />
          </Show>
        </Show>
        <NamePicker
          label={
            <>
              <Icon name="add" size={12} /> Add tag
            </>
          }
          fieldLabel="Add a tag to all of them"
          class={`small ${styles['add']}`}
          names={adding() ? tagsIn(props.counts) : []}
          picked={tags()
            .filter(({ on }) => on === 'all')
            .map(({ name }) => name)}
          allowNew
          open={adding()}
          onOpenChange={setAdding}
          onPick={(name) => {
            const { add, remove } = edits().tags;
            if (!add.includes(name))
              edit({ tags: { add: [...add, name], remove: remove.filter((one) => one !== name) } });
          }}
        />
      </fieldset>
      <ChoiceRow
        label="Status"
        value={edits().status}
        choices={[
          { value: KEEP, label: nowOf('review_status', statusLabel) },
          ...reviewStatuses.map(({ status, label }) => ({ value: status, label })),
        ]}
        onChange={(status) => edit({ status: status as ReviewStatus | typeof KEEP })}
      />
      <Show when={props.projectId !== null}>
        <ChoiceRow
          label="Subject"
          value={edits().subject}
          choices={[
            { value: KEEP, label: nowOf('subject') },
            { value: NONE, label: 'None' },
            ...subjects().map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(subject) => edit({ subject })}
        />
      </Show>
      <ChoiceRow
        label="Camera"
        value={edits().cameraMode}
        choices={[
          { value: 'keep', label: nowOf('camera') },
          { value: 'none', label: 'None' },
          { value: 'set', label: 'Set to…' },
        ]}
        onChange={(mode) => edit({ cameraMode: mode as typeof noEdits.cameraMode })}
      />
      <Show when={edits().cameraMode === 'set'}>
        <TextRow
          label="Camera’s name"
          value={edits().camera}
          onChange={(camera) => edit({ camera })}
          problem={cameraProblem()}
        />
        <Show when={cameras().length > 0}>
          <p id={camerasId} class={`muted small ${styles['known']}`}>
            Used here:
            <For each={cameras().slice(0, 8)}>
              {(name) => (
                <button type="button" class="button small quiet" onClick={() => edit({ camera: name })}>
                  {name}
                </button>
              )}
            </For>
          </p>
        </Show>
      </Show>
      <ChoiceRow
        label="Type"
        value={edits().type}
        choices={[
          { value: KEEP, label: nowOf('asset_type', (type) => ASSET_TYPE_LABELS[type as AssetType]) },
          ...typesFor(sums()?.facts.asset_type).map((type) => ({ value: type, label: ASSET_TYPE_LABELS[type] })),
        ]}
        onChange={(type) => edit({ type: type as AssetType | typeof KEEP })}
      />
    </FormDialog>
  );
}

/** Returns the words of the choice that changes nothing. */
function describe(shared: Shared | undefined, word: (value: string) => string): string {
  if (shared === undefined) return 'Keep as it is';
  if (shared.is === 'same') return `Keep ${word(shared.value)}`;
  return shared.is === 'mixed' ? 'Mixed, keep each' : 'Keep none';
}

function statusLabel(status: string): string {
  return reviewStatuses.find((one) => one.status === status)?.label ?? status;
}

/** Returns the roles of the package kind that the assets' role belongs to; all roles where kinds are mixed. */
function typesFor(shared: Shared | undefined): readonly AssetType[] {
  if (shared?.is !== 'same') return ASSET_TYPES;
  return PACKAGE_TYPES.map(assetTypesOf).find((types) => types.some((type) => type === shared.value)) ?? ASSET_TYPES;
}

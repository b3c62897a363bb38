/** Below the grid: how much is shown and selected, and what can be done with the selection. */
import { createSignal, For, Show } from 'solid-js';
import { packageTagsQuery, type TagCountRow, tagsOfAssetsQuery } from '../../queries/tag-counts.ts';
import { createLiveQuery } from '../../replica/create-live-query.ts';
import { calmReplica } from '../../ui/calm-replica.ts';
import { formatCount, formatCountOf } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { reviewStatuses } from '../../ui/review-status.ts';
import { TagPicker } from '../../ui/tag-picker.tsx';
import styles from './bulk-bar.module.css';
import { addTag, removeTag, setReviewStatus } from './change-assets.ts';
import type { Selection } from './create-selection.ts';

export function BulkBar(props: {
  packageId: string;
  selection: Selection;
  /** Assets that match the filter. */
  shown: number;
  /** Assets of the package; null while they are being counted. */
  total: number | null;
  addTagOpen: boolean;
  onAddTagOpen: (open: boolean) => void;
}) {
  const { replica } = useReplica();
  const calm = calmReplica(replica);
  const [removeTagOpen, setRemoveTagOpen] = createSignal(false);
  const ids = () => [...props.selection.ids()];
  const selected = () => props.selection.ids().size;
  const allTags = createLiveQuery<TagCountRow>(
    calm,
    () => (props.addTagOpen ? packageTagsQuery(props.packageId) : null),
    { key: 'tag' },
  );
  const presentTags = createLiveQuery<TagCountRow>(calm, () => (removeTagOpen() ? tagsOfAssetsQuery(ids()) : null), {
    key: 'tag',
  });

  return (
    <footer class={styles['bar']}>
      <span data-testid="shown" class={styles['count']} aria-live="polite">
        {formatCount(props.shown)} of {formatCount(props.total)} shown
      </span>
      <Show
        when={selected() > 0}
        fallback={
          <Show when={props.shown > 0}>
            <button type="button" class="button quiet" onClick={() => props.selection.all()}>
              Select all {formatCount(props.shown)} <kbd>Ctrl A</kbd>
            </button>
          </Show>
        }
      >
        <div class={styles['actions']} role="toolbar" aria-label="Change the selected assets">
          <strong data-testid="selected">{formatCountOf(selected(), 'asset')} selected</strong>
          <Show when={selected() < props.shown}>
            <button type="button" class="button quiet" onClick={() => props.selection.all()}>
              Select all {formatCount(props.shown)}
            </button>
          </Show>
          <TagPicker
            label={
              <>
                <Icon name="tag" size={14} /> Add tag <kbd>T</kbd>
              </>
            }
            fieldLabel="Add a tag to the selected assets"
            tags={allTags()}
            allowNew
            open={props.addTagOpen}
            onOpenChange={props.onAddTagOpen}
            onPick={(tag) => void addTag(replica, ids(), tag)}
          />
          <TagPicker
            label="Remove tag"
            fieldLabel="Remove a tag from the selected assets"
            tags={presentTags()}
            open={removeTagOpen()}
            onOpenChange={setRemoveTagOpen}
            onPick={(tag) => void removeTag(replica, ids(), tag)}
          />
          <span class={styles['reviews']}>
            <For each={reviewStatuses}>
              {({ status, verb, key }) => (
                <button
                  type="button"
                  class="button"
                  aria-keyshortcuts={key}
                  onClick={() => void setReviewStatus(replica, ids(), status)}
                >
                  <Icon name={status} size={14} /> {verb} <kbd>{key.toUpperCase()}</kbd>
                </button>
              )}
            </For>
          </span>
          <button type="button" class="button quiet" onClick={() => props.selection.clear()}>
            Clear <kbd>Esc</kbd>
          </button>
        </div>
      </Show>
    </footer>
  );
}

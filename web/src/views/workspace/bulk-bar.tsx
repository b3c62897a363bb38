/** The bar below the grid: how many assets are shown and selected, and the actions for the selection. */
import { createMemo, For, Show } from 'solid-js';
import { countsOf, tagsIn } from '../../queries/list-counts.ts';
import { projectSubjectsQuery, type SubjectListRow } from '../../queries/subjects.ts';
import { tagsOfAssetsQuery } from '../../queries/tag-counts.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { formatCount, formatCountOf } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import type { NameCount } from '../../ui/match-names.ts';
import { NamePicker } from '../../ui/name-picker.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { reviewStatuses } from '../../ui/review-status.ts';
import styles from './bulk-bar.module.css';
import { BulkDialogs, type BulkPicker } from './bulk-dialogs.tsx';
import { addTag, moveToSubject, pickUp, remove, removeTag, review } from './changes/asset-changes.ts';
import { useChangeAssets } from './changes/change-context.ts';
import { TagKey } from './changes/tag-key.tsx';
import type { ScopeAssets } from './list/create-scope-assets.ts';
import type { Selection } from './list/create-selection.ts';

export function BulkBar(props: {
  /** Null where the assets may be of several projects, whose subjects differ. */
  projectId: string | null;
  assets: ScopeAssets;
  selection: Selection;
  /** The number of assets in the scope; null while they are being counted. */
  total: number | null;
  picker: BulkPicker | null;
  onPicker: (picker: BulkPicker | null) => void;
  onSelectAll: () => void;
  onClear: () => void;
}) {
  const { replica, ready } = useReplica();
  const change = useChangeAssets();
  const selected = () => props.selection.ids().size;
  // Until the first load is over, the total is unknown.
  const loading = () => !ready();
  /** The number of listed assets: '12,000+' while the rest is still being walked. */
  const shown = () => {
    if (loading()) return formatCount(props.assets.order().length);
    const known = props.assets.total();
    return known === null ? `${formatCount(props.assets.order().length)}+` : formatCount(known);
  };
  const isOpen = (picker: BulkPicker) => props.picker === picker;
  const onOpen = (picker: BulkPicker) => (open: boolean) => props.onPicker(open ? picker : null);

  const allTags = createMemo(() => (isOpen('addTag') ? tagsIn(props.assets.counts()) : []));
  const presentTags = createLiveQuery<NameCount>(
    replica,
    () => (isOpen('removeTag') ? tagsOfAssetsQuery([...props.selection.ids()]) : null),
    { key: 'name' },
  );
  const subjects = createLiveQuery<SubjectListRow>(replica, () =>
    props.projectId !== null && isOpen('move') ? projectSubjectsQuery(props.projectId) : null,
  );
  const subjectNames = createMemo((): NameCount[] => {
    const counts = countsOf(props.assets.counts(), 'subject');
    return subjects().map(({ id, name }) => ({ name, count: counts.get(id) ?? 0 }));
  });
  function move(name: string): void {
    const subject = subjects().find((one) => one.name === name);
    if (subject) change(moveToSubject({ ...subject }));
  }

  return (
    <footer class={styles['bar']}>
      <span data-testid="shown" class={styles['count']} aria-live="polite">
        {loading() ? `${shown()} shown so far` : `${shown()} of ${formatCount(props.total)} shown`}
      </span>
      <Show
        when={selected() > 0}
        fallback={
          <Show when={props.assets.order().length > 0}>
            <button type="button" class="button quiet" onClick={() => props.onSelectAll()}>
              Select {loading() ? 'these' : 'all'} {shown()} <kbd>Ctrl A</kbd>
            </button>
            <button
              type="button"
              class={`button quiet ${styles['end']}`}
              title="Export (⇧E)"
              aria-keyshortcuts="Shift+e"
              onClick={() => props.onPicker('export')}
            >
              <Icon name="export" size={14} /> Export <kbd>⇧E</kbd>
            </button>
          </Show>
        }
      >
        <div class={styles['actions']} role="toolbar" aria-label="Change the selected assets">
          <strong data-testid="selected">{formatCountOf(selected(), 'asset')} selected</strong>
          <Show when={selected() < (props.assets.total() ?? Infinity)}>
            <button type="button" class="button quiet" onClick={() => props.onSelectAll()}>
              Select {loading() ? 'these' : 'all'} {shown()}
            </button>
          </Show>
          <NamePicker
            label={
              <>
                <Icon name="tag" size={14} /> <span class={styles['word']}>Tag</span> <kbd>T</kbd>
              </>
            }
            fieldLabel="Add a tag to the selected assets"
            names={allTags()}
            beside={(tag) => <TagKey tag={tag} />}
            allowNew
            open={isOpen('addTag')}
            onOpenChange={onOpen('addTag')}
            onPick={(tag) => change(addTag(tag))}
          />
          <NamePicker
            label={
              <>
                <Icon name="untag" size={14} /> <span class={styles['rare']}>Untag</span> <kbd>⇧T</kbd>
              </>
            }
            fieldLabel="Remove a tag from the selected assets"
            names={presentTags()}
            open={isOpen('removeTag')}
            onOpenChange={onOpen('removeTag')}
            onPick={(tag) => change(removeTag(tag))}
          />
          <span class={styles['group']}>
            <For each={reviewStatuses}>
              {({ status: wanted, verb, key }) => (
                <button
                  type="button"
                  class="button"
                  title={`${verb} (${key.toUpperCase()})`}
                  aria-keyshortcuts={key}
                  onClick={() => change(review(wanted))}
                >
                  <Icon name={wanted} size={14} />{' '}
                  <span class={wanted === 'unreviewed' ? styles['rare'] : styles['word']}>{verb}</span>{' '}
                  <kbd>{key.toUpperCase()}</kbd>
                </button>
              )}
            </For>
          </span>
          <span class={styles['group']}>
            <button
              type="button"
              class="button"
              title="Pick up (P)"
              aria-keyshortcuts="p"
              onClick={() => change(pickUp(true))}
            >
              <Icon name="pickedUp" size={14} /> <span class={styles['word']}>Pick up</span> <kbd>P</kbd>
            </button>
            <button
              type="button"
              class="button"
              title="Hand back (Shift P)"
              aria-keyshortcuts="Shift+P"
              onClick={() => change(pickUp(false))}
            >
              <Icon name="handBack" size={14} /> <span class={styles['rare']}>Hand back</span> <kbd>⇧P</kbd>
            </button>
          </span>
          <Show when={props.projectId !== null}>
            <NamePicker
              label={
                <>
                  <Icon name="subject" size={14} /> <span class={styles['word']}>Move</span> <kbd>M</kbd>
                </>
              }
              fieldLabel="Move the selected assets to a subject"
              kind="subject"
              names={subjectNames()}
              open={isOpen('move')}
              onOpenChange={onOpen('move')}
              onPick={move}
            />
          </Show>
          <span class={styles['group']}>
            <button
              type="button"
              class="button"
              title="Edit (E)"
              aria-keyshortcuts="e"
              onClick={() => props.onPicker('edit')}
            >
              <Icon name="edit" size={14} /> <span class={styles['word']}>Edit</span> <kbd>E</kbd>
            </button>
            <button
              type="button"
              class="button"
              title="Export (⇧E)"
              aria-keyshortcuts="Shift+e"
              onClick={() => props.onPicker('export')}
            >
              <Icon name="export" size={14} /> <span class={styles['word']}>Export</span> <kbd>⇧E</kbd>
            </button>
          </span>
          <button
            type="button"
            class="button"
            title="Delete with tags and review (Del). The files stay on disk, and you can restore for 30 days"
            aria-keyshortcuts="Delete"
            onClick={() => change(remove())}
          >
            <Icon name="delete" size={14} /> <span class={styles['word']}>Delete</span> <kbd>Del</kbd>
          </button>
          <button type="button" class="button quiet" onClick={() => props.onClear()}>
            Clear <kbd>Esc</kbd>
          </button>
        </div>
      </Show>
      <BulkDialogs
        projectId={props.projectId}
        assets={props.assets}
        selection={props.selection}
        picker={props.picker}
        onClose={() => props.onPicker(null)}
      />
    </footer>
  );
}

/** The menu of saved filters: opens, saves, renames, shares and deletes them. */
import { Popover } from '@kobalte/core/popover';
import { A } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { type SavedFilterListRow, savedFiltersQuery } from '../../queries/saved-filters.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { Icon } from '../../ui/icon.tsx';
import { notify, notifyFailure } from '../../ui/notices.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { DeleteButton } from '../edit/delete-button.tsx';
import { SavedFilterDialog } from '../edit/saved-filter-dialog.tsx';
import styles from './saved-filters.module.css';

export interface SavedFiltersProps {
  /** The current address within the app: '/packages/…?type=image'. */
  readonly address: string;
  /** Whether the address has a filter to save. */
  readonly canSave: boolean;
}

export function SavedFilters(props: SavedFiltersProps) {
  const { replica } = useReplica();
  const [open, setOpen] = createSignal(false);
  /** The open dialog, to rename a filter or to name a new one (null). */
  const [naming, setNaming] = createSignal<{ readonly saved: SavedFilterListRow | null } | null>(null);
  const renamed = () => naming()?.saved ?? null;
  const saved = createLiveQuery<SavedFilterListRow>(replica, () =>
    open() ? savedFiltersQuery(props.address.split('?')[0] ?? '') : null,
  );

  async function copyLink({ name, address }: SavedFilterListRow): Promise<void> {
    try {
      await navigator.clipboard.writeText(`${location.origin}${address}`);
      notify(`Copied the link to “${name}”`);
    } catch (error) {
      notifyFailure('Could not copy the link', error);
    }
  }
  function name(saved: SavedFilterListRow | null): void {
    setOpen(false);
    setNaming({ saved });
  }

  return (
    <>
      <Popover open={open()} onOpenChange={setOpen} placement="bottom-start" gutter={4}>
        <Popover.Trigger class="button">
          Saved <Icon name="chevron" size={12} />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content class={`popover ${styles['popover']}`} aria-label="Saved filters">
            <button type="button" class="button" disabled={!props.canSave} onClick={() => name(null)}>
              Save this filter…
            </button>
            <Show
              when={saved().length > 0}
              fallback={<p class="muted">{saved.loading ? '' : 'No saved filters yet.'}</p>}
            >
              <ul>
                <For each={saved()}>
                  {(row) => (
                    <li>
                      <A href={row.address} title={row.name} onClick={() => setOpen(false)}>
                        {row.name}
                      </A>
                      <Show when={!row.here}>
                        <span class="muted">elsewhere</span>
                      </Show>
                      <button
                        type="button"
                        class="button quiet icon"
                        aria-label={`Copy the link to ${row.name}`}
                        title="Copy the link"
                        onClick={() => void copyLink(row)}
                      >
                        <Icon name="copy" size={14} />
                      </button>
                      <button
                        type="button"
                        class="button quiet icon"
                        aria-label={`Rename ${row.name}`}
                        title="Rename"
                        onClick={() => name({ ...row })}
                      >
                        <Icon name="edit" size={14} />
                      </button>
                      <DeleteButton
                        quiet
                        entity={{ table: 'saved_filters', id: row.id, name: row.name }}
                        label={`Delete ${row.name}`}
                        title="Delete"
                      />
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          </Popover.Content>
        </Popover.Portal>
      </Popover>
      <SavedFilterDialog
        saved={renamed()}
        address={renamed()?.address ?? props.address}
        open={naming() !== null}
        onOpenChange={() => setNaming(null)}
      />
    </>
  );
}

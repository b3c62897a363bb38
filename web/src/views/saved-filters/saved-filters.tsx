/** The menu of saved filters: opens, saves, renames, pins, shares and deletes them. */
import { Popover } from '@kobalte/core/popover';
import { createMemo, createSignal, For, Show } from 'solid-js';
import { privateFilters } from '../../preferences/private-filters.ts';
import { type SavedFilterListRow, savedFiltersQuery } from '../../queries/saved-filters.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { Icon } from '../../ui/icon.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { SavedFilterDialog } from '../edit/saved-filter-dialog.tsx';
import { createAddressCounts } from './create-address-counts.ts';
import { SavedFilterItem, type ShownFilter } from './saved-filter-item.tsx';
import styles from './saved-filters.module.css';

export interface SavedFiltersProps {
  /** The current address within the app: '/packages/…?q=tag:hero'. */
  readonly address: string;
  /** Whether the address has a filter to save. */
  readonly canSave: boolean;
}

export function SavedFilters(props: SavedFiltersProps) {
  const { replica } = useReplica();
  const [open, setOpen] = createSignal(false);
  /** The open dialog, to rename a filter or to name a new one (null). */
  const [naming, setNaming] = createSignal<{ readonly saved: ShownFilter | null } | null>(null);
  const renamed = () => naming()?.saved ?? null;
  const path = () => props.address.split('?')[0] ?? '';
  const shared = createLiveQuery<SavedFilterListRow>(replica, () => (open() ? savedFiltersQuery(path()) : null));
  const filters = createMemo((): ShownFilter[] => [
    ...shared().map((row) => ({ id: row.id, name: row.name, address: row.address, here: row.here, isPrivate: false })),
    ...privateFilters().map((row) => ({ ...row, here: row.address.split('?')[0] === path(), isPrivate: true })),
  ]);
  const counts = createAddressCounts(createMemo(() => (open() ? filters().map(({ address }) => address) : [])));

  function name(saved: ShownFilter | null): void {
    setOpen(false);
    setNaming({ saved });
  }
  return (
    <>
      <Popover open={open()} onOpenChange={setOpen} placement="bottom-end" gutter={4}>
        <Popover.Trigger class="button quiet small icon" aria-label="Saved filters" title="Saved filters">
          <Icon name="bookmark" size={14} />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content class={`popover ${styles['popover']}`} aria-label="Saved filters">
            <button type="button" class="button" disabled={!props.canSave} onClick={() => name(null)}>
              Save this filter…
            </button>
            <Show
              when={filters().length > 0}
              fallback={<p class="muted">{shared.loading ? '' : 'No saved filters yet.'}</p>}
            >
              <ul>
                <For each={filters().map(({ id }) => id)}>
                  {(id) => (
                    <Show when={filters().find((one) => one.id === id)}>
                      {(saved) => (
                        <SavedFilterItem
                          saved={saved()}
                          count={counts().get(saved().address) ?? null}
                          onOpened={() => setOpen(false)}
                          onRename={() => name(saved())}
                        />
                      )}
                    </Show>
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

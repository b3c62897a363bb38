/** One saved filter in the menu: its name with its number of assets, and what can be done with it. */
import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { pinnedFilters, setPinnedFilters, togglePin } from '../../preferences/pins.ts';
import { dropPrivateFilter, keepPrivateFilter } from '../../preferences/private-filters.ts';
import { formatCount } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { notify, notifyFailure } from '../../ui/notices.ts';
import { DeleteButton } from '../edit/delete-button.tsx';
import styles from './saved-filters.module.css';

export interface ShownFilter {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** Whether it belongs to this page. */
  readonly here: boolean;
  /** Whether only this device knows it. */
  readonly isPrivate: boolean;
}

export function SavedFilterItem(props: {
  saved: ShownFilter;
  /** Null: not known, as its assets are not in memory. */
  count: number | null;
  onOpened: () => void;
  onRename: () => void;
}) {
  const isPinned = () => pinnedFilters().includes(props.saved.id);

  async function copyLink(): Promise<void> {
    const { name, address } = props.saved;
    try {
      await navigator.clipboard.writeText(`${location.origin}${address}`);
      notify(`Copied the link to “${name}”`);
    } catch (error) {
      notifyFailure('Could not copy the link', error);
    }
  }
  function drop(): void {
    const { id, name, address } = props.saved;
    dropPrivateFilter(id);
    notify(`Deleted saved filter “${name}”`, {
      action: { label: 'Undo', run: async () => keepPrivateFilter({ id, name, address }) },
    });
  }
  return (
    <li>
      <A href={props.saved.address} title={props.saved.name} onClick={() => props.onOpened()}>
        {props.saved.name}
      </A>
      <Show when={props.saved.isPrivate}>
        <span class="muted" title="Only on this device">
          <Icon name="private" size={12} />
          <span class="visually-hidden">Only on this device</span>
        </span>
      </Show>
      <Show when={props.count !== null} fallback={<span class="muted">{props.saved.here ? '' : 'elsewhere'}</span>}>
        <span class="number muted">{formatCount(props.count)}</span>
      </Show>
      <Action
        icon={isPinned() ? 'unpin' : 'pin'}
        label={`Pin ${props.saved.name} to the sidebar`}
        title={isPinned() ? 'Unpin from the sidebar' : 'Pin to the sidebar'}
        pressed={isPinned()}
        onClick={() => setPinnedFilters(togglePin(pinnedFilters(), props.saved.id))}
      />
      <Action
        icon="link"
        label={`Copy the link to ${props.saved.name}`}
        title="Copy the link"
        onClick={() => void copyLink()}
      />
      <Action icon="edit" label={`Rename ${props.saved.name}`} title="Rename" onClick={() => props.onRename()} />
      <Show
        when={props.saved.isPrivate}
        fallback={
          <DeleteButton
            quiet
            entity={{ table: 'saved_filters', id: props.saved.id, name: props.saved.name }}
            label={`Delete ${props.saved.name}`}
            title="Delete"
          />
        }
      >
        <Action icon="delete" label={`Delete ${props.saved.name}`} title="Delete" onClick={drop} />
      </Show>
    </li>
  );
}

function Action(props: { icon: IconName; label: string; title: string; pressed?: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      class={`button quiet small icon ${styles['action']}`}
      aria-label={props.label}
      aria-pressed={props.pressed}
      title={props.title}
      onClick={() => props.onClick()}
    >
      <Icon name={props.icon} size={14} />
    </button>
  );
}

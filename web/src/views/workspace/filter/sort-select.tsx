/** The order of the list: by what, in which direction, and in which sections. */
import { For } from 'solid-js';
import { type AssetFilter, type AssetSort, assetSort } from '../../../queries/asset-filter.ts';
import { Icon } from '../../../ui/icon.tsx';
import { type GroupChoice, groupChoice, groupNames } from '../grid/group-choice.ts';
import styles from './query-bar.module.css';

const sortNames = {
  name: 'Name',
  date: 'Date',
  size: 'Size',
  duration: 'Duration',
  pose: 'Yaw',
  sharpness: 'Sharpness',
  status: 'Review status',
} as const satisfies Record<AssetSort, string>;

export function SortSelect(props: { filter: AssetFilter; onFilter: (change: Partial<AssetFilter>) => void }) {
  const direction = () => (props.filter.descending ? 'Descending' : 'Ascending');
  return (
    <span class={styles['sort']}>
      <label>
        <span>Sort</span>
        <select
          value={props.filter.sort}
          onChange={(event) => props.onFilter({ sort: assetSort.parse(event.currentTarget.value) })}
        >
          <For each={assetSort.options}>{(sort) => <option value={sort}>{sortNames[sort]}</option>}</For>
        </select>
      </label>
      <button
        type="button"
        aria-label={direction()}
        title={direction()}
        onClick={() => props.onFilter({ descending: !props.filter.descending })}
      >
        <Icon name={props.filter.descending ? 'descending' : 'ascending'} size={14} />
      </button>
    </span>
  );
}

export function GroupSelect(props: { group: GroupChoice; onGroup: (group: GroupChoice) => void }) {
  return (
    <span class={styles['sort']}>
      <label>
        <span>Group</span>
        <select value={props.group} onChange={(event) => props.onGroup(groupChoice.parse(event.currentTarget.value))}>
          <For each={groupChoice.options}>{(choice) => <option value={choice}>{groupNames[choice]}</option>}</For>
        </select>
      </label>
    </span>
  );
}

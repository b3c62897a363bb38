/** The filters, the sort order and the tile size of a package's grid. All but the tile size are in the address. */
import { ASSET_TYPE_LABELS } from '@ingesthub/schema/library/package-kinds.ts';
import { assetType, fileType } from '@ingesthub/schema/library/vocabulary.ts';
import { useLocation } from '@solidjs/router';
import { createMemo, createSignal, For, Show } from 'solid-js';
import {
  type AssetFilter,
  type AssetSort,
  assetSort,
  emptyAssetFilter,
  isFiltering,
} from '../../../queries/asset-filter.ts';
import { countsOf, type ListCounts, queryValues, tagsIn } from '../../../queries/list-counts.ts';
import { queryCondition } from '../../../queries/query/query-condition.ts';
import type { SubjectListRow } from '../../../queries/subjects.ts';
import { fileTypeNames } from '../../../ui/asset-words.ts';
import { formatCount } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { NamePicker } from '../../../ui/name-picker.tsx';
import { reviewStatuses } from '../../../ui/review-status.ts';
import { SavedFilters } from '../../saved-filters/saved-filters.tsx';
import { type GroupChoice, groupChoice, groupNames } from '../grid/group-choice.ts';
import { type TileSize, tileSize } from '../tile/tile-sizes.ts';
import { Facet } from './facet.tsx';
import styles from './filter-bar.module.css';
import { PeopleAndCameras } from './people-and-cameras.tsx';
import { QueryField } from './query-field.tsx';
import { RangeFilters } from './range-filters.tsx';
import { toggled } from './toggled.ts';

const sortNames = {
  name: 'Name',
  date: 'Date',
  size: 'Size',
  duration: 'Duration',
  pose: 'Pose',
  status: 'Review status',
} as const satisfies Record<AssetSort, string>;
const sizeNames = { small: 'Small tiles', medium: 'Medium tiles', large: 'Large tiles', list: 'List' } as const;

export function FilterBar(props: {
  subjects: readonly SubjectListRow[];
  filter: AssetFilter;
  counts: ListCounts;
  tileSize: TileSize;
  group: GroupChoice;
  onGroup: (group: GroupChoice) => void;
  onFilter: (change: Partial<AssetFilter>) => void;
  onTileSize: (size: TileSize) => void;
  onLeave: () => void;
  posesOpen: boolean;
  onPoses: () => void;
}) {
  const [tagsOpen, setTagsOpen] = createSignal(false);
  const tags = createMemo(() => (tagsOpen() ? tagsIn(props.counts) : []));
  const problems = createMemo(() => queryCondition(props.filter.text, props).problems);
  const location = useLocation();
  const address = () => `${location.pathname}${location.search}`;
  /** The number of assets with a flag. */
  const flagged = (flag: 'pickedUp' | 'problem' | 'sidecars') => countsOf(props.counts, flag).get('yes') ?? 0;

  return (
    <search class={styles['bar']} aria-label="Filter assets">
      <div class={styles['line']}>
        <QueryField
          text={props.filter.text}
          problems={problems()}
          valuesOf={(key) => queryValues(key, props.counts, props.subjects)}
          onText={(text) => props.onFilter({ text })}
          onLeave={props.onLeave}
        />
        <NamePicker
          label={
            <>
              <Icon name="tag" size={14} /> Tags <Icon name="chevron" size={12} />
            </>
          }
          fieldLabel="Filter by tag"
          names={tags()}
          picked={props.filter.tags}
          staysOpen
          open={tagsOpen()}
          onOpenChange={setTagsOpen}
          onPick={(tag) => props.onFilter({ tags: toggled(props.filter.tags, tag) })}
        />
        <For each={props.filter.tags}>
          {(tag) => (
            <span class="chip" title={tag}>
              <span>{tag}</span>
              <button
                type="button"
                aria-label={`Stop filtering by ${tag}`}
                onClick={() => props.onFilter({ tags: toggled(props.filter.tags, tag) })}
              >
                <Icon name="close" size={12} />
              </button>
            </span>
          )}
        </For>
        <Show when={isFiltering(props.filter)}>
          <button
            type="button"
            class="button quiet"
            onClick={() => {
              const { sort, descending } = props.filter;
              props.onFilter({ ...emptyAssetFilter, sort, descending });
            }}
          >
            Clear all
          </button>
        </Show>
        <SavedFilters address={address()} canSave={isFiltering(props.filter)} />
        <span class={styles['space']} />
        <button type="button" class="button" aria-pressed={props.posesOpen} onClick={() => props.onPoses()}>
          Poses <kbd>Y</kbd>
        </button>
        <label class={styles['sort']}>
          <span class="muted">Group</span>
          <select
            class="field"
            value={props.group}
            onChange={(event) => props.onGroup(groupChoice.parse(event.currentTarget.value))}
          >
            <For each={groupChoice.options}>{(choice) => <option value={choice}>{groupNames[choice]}</option>}</For>
          </select>
        </label>
        <label class={styles['sort']}>
          <span class="muted">Sort</span>
          <select
            class="field"
            value={props.filter.sort}
            onChange={(event) => props.onFilter({ sort: assetSort.parse(event.currentTarget.value) })}
          >
            <For each={assetSort.options}>{(sort) => <option value={sort}>{sortNames[sort]}</option>}</For>
          </select>
        </label>
        <button
          type="button"
          class="button icon"
          aria-label={props.filter.descending ? 'Descending' : 'Ascending'}
          title={props.filter.descending ? 'Descending' : 'Ascending'}
          onClick={() => props.onFilter({ descending: !props.filter.descending })}
        >
          <Icon name={props.filter.descending ? 'descending' : 'ascending'} size={14} />
        </button>
        <fieldset class={styles['sizes']} aria-label="Tile size">
          <For each={tileSize.options}>
            {(size) => (
              <button
                type="button"
                class="button icon"
                aria-label={sizeNames[size]}
                title={sizeNames[size]}
                aria-pressed={props.tileSize === size}
                onClick={() => props.onTileSize(size)}
              >
                <Icon name={size} size={14} />
              </button>
            )}
          </For>
        </fieldset>
      </div>
      <div class={styles['line']}>
        <Facet
          label="File type"
          values={fileType.options.map((value) => ({ value, label: fileTypeNames[value], icon: value }))}
          counts={countsOf(props.counts, 'fileTypes')}
          picked={props.filter.fileTypes}
          onPicked={(picked) => props.onFilter({ fileTypes: picked })}
        />
        <Facet
          label="Asset type"
          values={assetType.options.map((value) => ({ value, label: ASSET_TYPE_LABELS[value] }))}
          counts={countsOf(props.counts, 'assetTypes')}
          picked={props.filter.assetTypes}
          onPicked={(picked) => props.onFilter({ assetTypes: picked })}
        />
        <Facet
          label="Review"
          values={reviewStatuses.map(({ status, label }) => ({ value: status, label, icon: status }))}
          counts={countsOf(props.counts, 'reviewStatuses')}
          picked={props.filter.reviewStatuses}
          onPicked={(picked) => props.onFilter({ reviewStatuses: picked })}
        />
        <Toggle
          label="Picked up"
          count={flagged('pickedUp')}
          on={props.filter.pickedUp === true}
          onToggle={(on) => props.onFilter({ pickedUp: on ? true : null })}
        />
        <Toggle
          label="Problems"
          count={flagged('problem')}
          on={props.filter.problem}
          onToggle={(on) => props.onFilter({ problem: on })}
        />
        <Toggle
          label="Sidecars"
          count={flagged('sidecars')}
          on={props.filter.sidecars}
          onToggle={(on) => props.onFilter({ sidecars: on })}
        />
        <PeopleAndCameras {...props} />
        <RangeFilters filter={props.filter} onFilter={props.onFilter} />
      </div>
    </search>
  );
}

/** A filter that is on or off. Hidden when no asset matches it. */
function Toggle(props: { label: string; count: number; on: boolean; onToggle: (on: boolean) => void }) {
  return (
    <Show when={props.count > 0 || props.on}>
      <span class={styles['facet']}>
        <button type="button" class="button" aria-pressed={props.on} onClick={() => props.onToggle(!props.on)}>
          {props.label} <span class="muted">{formatCount(props.count)}</span>
        </button>
      </span>
    </Show>
  );
}

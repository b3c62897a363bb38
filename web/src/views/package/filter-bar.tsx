/** What to show of the package, in what order and size. Everything but the size is in the address. */
import { assetType, fileType } from '@ingesthub/schema/vocabulary.ts';
import { createMemo, createSignal, For, type JSX, onCleanup, Show } from 'solid-js';
import { type AssetFacetRow, countBy } from '../../queries/asset-facets.ts';
import { type AssetFilter, assetSort, emptyAssetFilter, isFiltering } from '../../queries/asset-filter.ts';
import { packageTagsQuery, type TagCountRow } from '../../queries/tag-counts.ts';
import { createLiveQuery } from '../../replica/create-live-query.ts';
import { assetTypeNames, fileTypeNames } from '../../ui/asset-words.ts';
import { calmReplica } from '../../ui/calm-replica.ts';
import { formatCount } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { isTyping } from '../../ui/is-typing.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { reviewStatuses } from '../../ui/review-status.ts';
import { TagPicker } from '../../ui/tag-picker.tsx';
import styles from './filter-bar.module.css';
import { type TileSize, tileSize } from './tile-sizes.ts';

/** Below the 50 ms that a person takes for at once. */
const TYPING_PAUSE_MS = 40;

const sortNames = { name: 'Name', date: 'Date', size: 'Size', duration: 'Duration' } as const;
const sizeNames = { small: 'Small tiles', medium: 'Medium tiles', large: 'Large tiles' } as const;

export function FilterBar(props: {
  packageId: string;
  filter: AssetFilter;
  facets: readonly AssetFacetRow[];
  tileSize: TileSize;
  onFilter: (change: Partial<AssetFilter>) => void;
  onTileSize: (size: TileSize) => void;
}) {
  const { replica } = useReplica();
  const [tagsOpen, setTagsOpen] = createSignal(false);
  // Counting them takes a while in a large package, so only for those who look.
  const tags = createLiveQuery<TagCountRow>(
    calmReplica(replica),
    () => (tagsOpen() ? packageTagsQuery(props.packageId) : null),
    { key: 'tag' },
  );
  const fileTypes = createMemo(() => countBy(props.facets, 'file_type'));
  const assetTypes = createMemo(() => countBy(props.facets, 'asset_type'));
  const reviews = createMemo(() => countBy(props.facets, 'review_status'));

  return (
    <search class={styles['bar']} aria-label="Filter assets">
      <div class={styles['line']}>
        <TextFilter text={props.filter.text} onText={(text) => props.onFilter({ text })} />
        <TagPicker
          label={
            <>
              <Icon name="tag" size={14} /> Tags <Icon name="chevron" size={12} />
            </>
          }
          fieldLabel="Filter by tag"
          tags={tags()}
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
                aria-label={`Do not filter by ${tag}`}
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
        <span class={styles['space']} />
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
          counts={fileTypes()}
          picked={props.filter.fileTypes}
          onPicked={(picked) => props.onFilter({ fileTypes: picked })}
        />
        <Facet
          label="Asset type"
          values={assetType.options.map((value) => ({ value, label: assetTypeNames[value] }))}
          counts={assetTypes()}
          picked={props.filter.assetTypes}
          onPicked={(picked) => props.onFilter({ assetTypes: picked })}
        />
        <Facet
          label="Review"
          values={reviewStatuses.map(({ status, label }) => ({ value: status, label, icon: status }))}
          counts={reviews()}
          picked={props.filter.reviewStatuses}
          onPicked={(picked) => props.onFilter({ reviewStatuses: picked })}
        />
      </div>
    </search>
  );
}

function TextFilter(props: { text: string; onText: (text: string) => void }) {
  let field!: HTMLInputElement;
  let pause: ReturnType<typeof setTimeout> | undefined;
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== '/' || isTyping(event)) return;
    event.preventDefault();
    field.select();
  }
  document.addEventListener('keydown', onKeyDown);
  onCleanup(() => {
    clearTimeout(pause);
    document.removeEventListener('keydown', onKeyDown);
  });
  return (
    <label class={styles['text']}>
      <span class="visually-hidden">Name or path contains</span>
      <Icon name="search" size={14} />
      <input
        ref={field}
        class="field"
        type="search"
        placeholder="Name or path  /"
        spellcheck={false}
        value={props.text}
        onInput={(event) => {
          const text = event.currentTarget.value;
          clearTimeout(pause);
          pause = setTimeout(() => props.onText(text), TYPING_PAUSE_MS);
        }}
      />
    </label>
  );
}

function Facet<Value extends string>(props: {
  label: string;
  values: readonly { value: Value; label: string; icon?: IconName }[];
  counts: ReadonlyMap<Value, number>;
  picked: readonly Value[];
  onPicked: (picked: Value[]) => void;
}): JSX.Element {
  // What the package does not have is not offered, unless a link asked for it.
  const offered = () => props.values.filter(({ value }) => props.counts.has(value) || props.picked.includes(value));
  return (
    <fieldset class={styles['facet']}>
      <legend class="visually-hidden">{props.label}</legend>
      <For each={offered().map(({ value }) => value)}>
        {(value) => {
          const option = props.values.find((one) => one.value === value);
          return (
            <button
              type="button"
              class="button"
              aria-pressed={props.picked.includes(value)}
              onClick={() => props.onPicked(toggled(props.picked, value))}
            >
              <Show when={option?.icon}>{(icon) => <Icon name={icon()} size={13} />}</Show>
              {option?.label}
              <span class="muted">{formatCount(props.counts.get(value) ?? 0)}</span>
            </button>
          );
        }}
      </For>
    </fieldset>
  );
}

function toggled<Value>(list: readonly Value[], value: Value): Value[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}

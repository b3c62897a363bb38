/** The assets of a scope in a grid, to filter, select, review and change by keyboard. */
import { useIsRouting } from '@solidjs/router';
import { createMemo, createSignal, createUniqueId, Show } from 'solid-js';
import { createPreviewRequests } from '../../pictures/create-preview-requests.ts';
import { isFiltering } from '../../queries/asset-filter.ts';
import {
  type PackageNameRow,
  type ScopeTotalRow,
  scopePackagesQuery,
  scopeSubjectsQuery,
  scopeTotalQuery,
} from '../../queries/asset-scope.ts';
import { tagsIn } from '../../queries/list-counts.ts';
import type { QueryNames } from '../../queries/query/query-keys.ts';
import type { SubjectListRow } from '../../queries/subjects.ts';
import type { Scope } from '../../replica/model/mirror-questions.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { createActionTarget } from '../../shortcuts/action-target.ts';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { formatCountOf } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { notify, notifyFailure } from '../../ui/notices.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { until } from '../../ui/until.ts';
import styles from './asset-workspace.module.css';
import { BulkBar } from './bulk-bar.tsx';
import type { BulkPicker } from './bulk-dialogs.tsx';
import { pickUp, remove, review } from './changes/asset-changes.ts';
import { changeAssets } from './changes/change-assets.ts';
import type { ChangeAssets } from './changes/change-context.ts';
import { ChangeProvider } from './changes/change-provider.tsx';
import { keysOfTags, type TagDigit, tagKeysOf } from './changes/tag-keys.ts';
import { TagKeysDialog } from './changes/tag-keys-dialog.tsx';
import { makeToggleTag } from './changes/toggle-tag.ts';
import { createFacetsOpen } from './filter/create-facets-open.ts';
import { createFilterState } from './filter/create-filter-state.ts';
import { FacetColumn } from './filter/facet-column.tsx';
import { QueryBar } from './filter/query-bar.tsx';
import { GroupSelect, SortSelect } from './filter/sort-select.tsx';
import { AssetGrid } from './grid/asset-grid.tsx';
import { createGroupChoice } from './grid/create-group-choice.ts';
import { groupingOf } from './grid/group-choice.ts';
import { createScopeAssets } from './list/create-scope-assets.ts';
import { createSelection, presentIds } from './list/create-selection.ts';
import { NothingListed } from './nothing-listed.tsx';
import { AssetPanel } from './panel/asset-panel.tsx';
import { createPoseView } from './poses/create-pose-view.ts';
import { PoseDock } from './poses/pose-dock.tsx';
import { createTileSize } from './tile/create-tile-size.ts';
import { TileSizeButtons } from './tile/tile-size-buttons.tsx';
import { nextTileSize } from './tile/tile-sizes.ts';

export function AssetWorkspace(props: {
  scope: Scope;
  /** The project that holds the whole scope; null: it may reach into several. */
  projectId: string | null;
}) {
  const { replica, ready, online } = useReplica();
  const scope = createMemo(() => props.scope, undefined, { equals: isSameScope });
  // The counts are maintained only after the first load; counting earlier would slow the load down.
  const totals = createLiveQuery<ScopeTotalRow>(replica, () => (ready() ? scopeTotalQuery(scope()) : null), {
    key: null,
  });
  const total = () => totals()[0]?.asset_count ?? null;

  const subjects = createLiveQuery<SubjectListRow>(replica, () => scopeSubjectsQuery(props.projectId));
  const packages = createLiveQuery<PackageNameRow>(replica, () => scopePackagesQuery(scope(), props.projectId));
  const names: QueryNames = {
    get subjects() {
      return subjects();
    },
    get packages() {
      return packages();
    },
  };
  const { filter, change: setFilter } = createFilterState(subjects);
  // The router changes the address asynchronously, where a link leads to another filter.
  const isRouting = useIsRouting();
  const facets = createFacetsOpen();
  const facetsId = createUniqueId();
  const [group, setGroup] = createGroupChoice();
  const [posesOpen, setPosesOpen] = createSignal(false);
  const poseView = createPoseView();
  const assets = createScopeAssets(replica, {
    scope,
    filter,
    names,
    pose: () => (posesOpen() ? poseView.question() : null),
    group: () => groupingOf(group(), subjects),
    withHistograms: facets.open,
    total,
    indexed: ready,
  });
  const previews = createPreviewRequests({ online });
  const selection = createSelection(assets.order, assets.whole);

  const [tileSize, setTileSize] = createTileSize();
  const [panelOpen, setPanelOpen] = createSignal(false);
  const [picker, setPicker] = createSignal<BulkPicker | null>(null);
  const isEmpty = () => assets.order().length === 0 && (assets.whole() || assets.error() !== null);

  /** @returns true once the order has all matches of the latest filter; otherwise shows why it could not be read. */
  async function isPresent(): Promise<boolean> {
    await until(() => !isRouting());
    const whole = await assets.untilWhole();
    if (!whole) notifyFailure('Nothing was changed', assets.error() ?? 'the list has changed meanwhile');
    return whole;
  }

  /**
   * Returns the assets to change: the selection, or else the focused asset, as of the call. While the order of a
   * new filter is not whole, these may be assets that it does not match: they are dropped and not replaced.
   */
  async function targets(): Promise<string[]> {
    const selected = selection.ids();
    const focused = selection.focusId();
    const asked = selected.size > 0 ? selected : new Set(focused === undefined ? [] : [focused]);
    const all = selectingAll > 0;
    if (!(await isPresent())) return [];
    if (all) return [...selection.ids()];
    // An unchanged selection has already dropped the assets that left the list.
    const present = selection.ids() === asked ? [...asked] : presentIds(assets.order(), asked);
    if (present.length === 0 && asked.size > 0) notify('Nothing was changed: the selection is no longer in the list');
    return present;
  }

  const change: ChangeAssets = (wanted, ids) => {
    const asked = ids ? Promise.resolve(ids) : targets();
    void asked.then((known) => changeAssets({ replica, overlay: assets.overlay }, known, wanted));
  };

  const toggleTag = makeToggleTag({ replica, overlay: assets.overlay });
  const [bindingTags, setBindingTags] = createSignal(false);
  const tagKeys = () => (props.projectId === null ? {} : tagKeysOf(props.projectId));

  /** Toggles the tag of a digit; asks for the bindings where it has none. */
  function tagByKey({ key }: KeyboardEvent): boolean {
    if (props.projectId === null) return false;
    const tag = tagKeys()[key as TagDigit];
    if (tag === undefined) notify(`Key ${key} has no tag yet. Press 0 to choose one.`);
    else void toggleTag(tag, targets());
    return true;
  }

  let selectingAll = 0;
  function selectAll(): void {
    selectingAll++;
    void isPresent().then((present) => {
      selectingAll--;
      if (present) selection.all();
    });
  }

  let grid: HTMLElement | undefined;
  /** Returns the focus to the grid after a click on a button that then disappears: arrow keys would have no target. */
  function focusGrid(): void {
    grid?.focus({ preventScroll: true });
  }

  let panel: HTMLElement | undefined;
  /** Opens the panel; where it is open, moves the focus into it. */
  function openPanel(): void {
    if (panelOpen()) panel?.querySelector<HTMLElement>('[tabindex="0"]:not([role=separator])')?.focus();
    else setPanelOpen(true);
  }

  function closePanel(): void {
    setPanelOpen(false);
    focusGrid();
  }

  let matrix: HTMLElement | undefined;
  function openPoses(): void {
    setPosesOpen(true);
    matrix?.focus();
  }

  function closePoses(): void {
    setPosesOpen(false);
    focusGrid();
  }

  function openPicker(wanted: BulkPicker): void {
    if (selection.focusId() === undefined) return;
    if (selection.ids().size === 0) selection.only(selection.focusIndex());
    setPicker(wanted);
  }

  function goBack(): void {
    if (facets.closeSheet()) focusGrid();
    else if (panelOpen()) closePanel();
    else if (posesOpen() && selection.ids().size === 0) closePoses();
    else selection.clear();
  }

  createActionTarget(() => {
    const selected = selection.ids().size;
    if (selected > 0) return formatCountOf(selected, 'selected asset');
    return selection.focusId() === undefined ? null : 'the focused asset';
  });
  createShortcuts({
    selectAll,
    approve: () => change(review('approved')),
    reject: () => change(review('rejected')),
    flag: () => change(review('flagged')),
    unreview: () => change(review('unreviewed')),
    tag: () => openPicker('addTag'),
    untag: () => openPicker('removeTag'),
    moveTo: () => props.projectId !== null && openPicker('move'),
    tagByKey,
    tagKeys: () => props.projectId !== null && setBindingTags(true),
    smaller: () => setTileSize(nextTileSize(tileSize(), -1)),
    larger: () => setTileSize(nextTileSize(tileSize(), 1)),
    pickUp: () => change(pickUp(true)),
    handBack: () => change(pickUp(false)),
    delete: () => change(remove()),
    // Without a selection or the panel, the page's own thing is meant.
    edit: () => (selection.ids().size > 0 || panelOpen()) && openPicker('edit'),
    export: () => setPicker('export'),
    inspector: () => (panelOpen() ? closePanel() : openPanel()),
    poses: openPoses,
    back: goBack,
  });

  return (
    <div class={styles['view']}>
      <ChangeProvider change={change} tagKeys={tagKeys}>
        <QueryBar
          names={names}
          filter={filter()}
          counts={assets.counts()}
          shown={assets.total()}
          total={total()}
          facetsId={facetsId}
          facetsOpen={facets.open()}
          onFacets={facets.toggle}
          onFilter={setFilter}
          onLeave={focusGrid}
        >
          <button
            type="button"
            class="button quiet"
            aria-pressed={posesOpen()}
            onClick={() => (posesOpen() ? closePoses() : openPoses())}
          >
            <Icon name="pose" size={14} /> <span class="wide">Poses</span> <kbd>Y</kbd>
          </button>
          <GroupSelect group={group()} onGroup={setGroup} />
          <SortSelect filter={filter()} onFilter={setFilter} />
          <TileSizeButtons size={tileSize()} onSize={setTileSize} />
        </QueryBar>
        <div class={styles['body']}>
          <Show when={facets.open()}>
            <FacetColumn
              id={facetsId}
              ref={facets.ref}
              scope={scope().kind}
              text={filter().text}
              counts={assets.counts()}
              names={names}
              onText={(text, options) => setFilter({ text }, options)}
            />
          </Show>
          <Show
            when={!isEmpty()}
            fallback={
              <div class={styles['nothing']}>
                <NothingListed
                  scope={scope().kind}
                  error={assets.error()}
                  filtering={isFiltering(filter())}
                  ready={ready()}
                  onClear={() => setFilter({ text: '' })}
                  onRetry={assets.retry}
                />
              </div>
            }
          >
            <AssetGrid
              ref={(element) => {
                grid = element;
              }}
              assets={assets}
              previews={previews}
              selection={selection}
              tileSize={tileSize()}
              order={filter()}
              onOrder={setFilter}
              subjects={subjects()}
              packages={scope().kind === 'package' ? [] : packages()}
              keysOf={(tags) => keysOfTags(tagKeys(), tags)}
              onOpen={openPanel}
            />
          </Show>
          <Show when={posesOpen()}>
            <PoseDock
              ref={(element) => {
                matrix = element;
              }}
              view={poseView}
              bins={assets.counts()?.pose ?? null}
              scope={scope()}
              projectId={props.projectId}
              text={filter().text}
              onText={(text) => setFilter({ text })}
              onLeave={focusGrid}
              onClose={closePoses}
            />
          </Show>
          <Show when={panelOpen() && selection.focusId()}>
            {(id) => (
              <AssetPanel
                ref={(element) => {
                  panel = element;
                }}
                assetId={id()}
                selected={selection.ids()}
                counts={assets.counts()}
                previews={previews}
                onEdit={() => openPicker('edit')}
                onExport={() => setPicker('export')}
                onClose={closePanel}
              />
            )}
          </Show>
        </div>
        <BulkBar
          projectId={props.projectId}
          assets={assets}
          selection={selection}
          total={total()}
          picker={picker()}
          onPicker={setPicker}
          onSelectAll={() => {
            selectAll();
            focusGrid();
          }}
          onClear={() => {
            selection.clear();
            focusGrid();
          }}
        />
        <Show when={props.projectId}>
          {(projectId) => (
            <TagKeysDialog
              projectId={projectId()}
              tags={tagsIn(assets.counts()).map(({ name }) => name)}
              open={bindingTags()}
              onOpenChange={setBindingTags}
            />
          )}
        </Show>
      </ChangeProvider>
    </div>
  );
}

function isSameScope(one: Scope | undefined, other: Scope): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

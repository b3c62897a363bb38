/** The page of one package: its facts, and its assets in a grid to filter, select and review by keyboard. */
import type { PackageSummaryRow } from '@ingesthub/schema/library/rows.ts';
import { useIsRouting, useParams, useSearchParams } from '@solidjs/router';
import { createEffect, createMemo, createSignal, Show } from 'solid-js';
import { createPreviewRequests } from '../../pictures/create-preview-requests.ts';
import { type AssetFilter, emptyAssetFilter, isFiltering } from '../../queries/asset-filter.ts';
import { type PackageListRow, packageQuery, packageSummaryQuery } from '../../queries/packages.ts';
import type { QueryNames } from '../../queries/query/query-keys.ts';
import { projectSubjectsQuery, type SubjectListRow } from '../../queries/subjects.ts';
import type { PoseDegrees } from '../../replica/model/mirror-questions.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { createShortcut } from '../../ui/create-shortcut.ts';
import { isTextField, isTyping } from '../../ui/is-typing.ts';
import { notify, notifyFailure } from '../../ui/notices.ts';
import { Page } from '../../ui/page.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { reviewStatuses } from '../../ui/review-status.ts';
import { until } from '../../ui/until.ts';
import { NotFound } from '../not-found.tsx';
import { isAbsent } from '../working-set/is-absent.ts';
import { NotOnDevice } from '../working-set/not-on-device.tsx';
import { BulkBar, type BulkPicker } from './bulk-bar.tsx';
import { pickUp, remove, review } from './changes/asset-changes.ts';
import { changeAssets } from './changes/change-assets.ts';
import { type ChangeAssets, ChangeAssetsContext } from './changes/package-changes.ts';
import { FilterBar } from './filter/filter-bar.tsx';
import { formatFilter, parseFilter } from './filter/filter-url.ts';
import { AssetGrid } from './grid/asset-grid.tsx';
import { PackageHeader } from './header/package-header.tsx';
import { createPackageAssets } from './list/create-package-assets.ts';
import { createSelection, presentIds } from './list/create-selection.ts';
import { NothingListed } from './nothing-listed.tsx';
import styles from './package-page.module.css';
import { AssetPanel } from './panel/asset-panel.tsx';
import { PoseDock } from './poses/pose-dock.tsx';
import { ServerPackage } from './server-package.tsx';
import { createTileSize } from './tile/create-tile-size.ts';

export function PackagePage() {
  const { replica, status } = useReplica();
  const params = useParams<{ id: string }>();
  const packages = createLiveQuery<PackageListRow>(replica, () => packageQuery(params.id));
  return (
    <Show when={packages()[0]} fallback={<NotFound what="package" query={packages} />}>
      {(row) => (
        <Page
          title={row().name}
          crumbs={[
            { label: row().project_name ?? 'Project', href: `/projects/${row().project_id}` },
            { label: row().name, href: `/packages/${row().id}` },
          ]}
        >
          <Show when={row().id} keyed>
            <Show when={isAbsent(status(), row().project_id)} fallback={<PackageView row={row()} />}>
              <ServerPackage row={row()} />
            </Show>
          </Show>
        </Page>
      )}
    </Show>
  );
}

function PackageView(props: { row: PackageListRow }) {
  const { replica, ready, online } = useReplica();
  const packageId = () => props.row.id;

  createEffect(() => void replica.prefer(props.row.project_id));

  const [search, setSearch] = useSearchParams();
  const filter = createMemo(() => parseFilter({ ...search }), emptyAssetFilter, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  // The router changes the address asynchronously.
  const isRouting = useIsRouting();
  const setFilter = (change: Partial<AssetFilter>) =>
    setSearch(formatFilter({ ...filter(), ...change }), { replace: true, scroll: false });

  // The counts are maintained only after the first load; counting earlier would slow the load down.
  const summaries = createLiveQuery<PackageSummaryRow>(
    replica,
    () => (ready() ? packageSummaryQuery(packageId()) : null),
    { key: 'package_id' },
  );
  const total = () => summaries()[0]?.asset_count ?? null;

  const subjects = createLiveQuery<SubjectListRow>(replica, () => projectSubjectsQuery(props.row.project_id));
  const names: QueryNames = {
    get subjects() {
      return subjects();
    },
  };
  const [posesOpen, setPosesOpen] = createSignal(false);
  const [poseDegrees, setPoseDegrees] = createSignal<PoseDegrees>(10);
  const assets = createPackageAssets(replica, {
    packageId,
    filter,
    names,
    poseDegrees: () => (posesOpen() ? poseDegrees() : null),
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

  createShortcut((event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 'a') return !isTyping(event) && onPlainKey(event);
    if (isTextField(event.target)) return false;
    selectAll();
    return true;
  });

  /** @returns true when the key is a shortcut of this page. */
  function onPlainKey(event: KeyboardEvent): boolean {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const asked = reviewStatuses.find((one) => one.key === key);
    if (asked && !event.shiftKey) change(review(asked.status));
    else if (key === 't') openPicker(event.shiftKey ? 'removeTag' : 'addTag');
    else if (key === 'm' && !event.shiftKey) openPicker('move');
    else if (key === 'y' && !event.shiftKey) openPoses();
    else if (key === 'p') change(pickUp(!event.shiftKey));
    else if (key === 'Delete') change(remove());
    else if (key === 'Escape' && panelOpen()) closePanel();
    else if (key === 'Escape' && posesOpen() && selection.ids().size === 0) closePoses();
    else if (key === 'Escape') selection.clear();
    else return false;
    return true;
  }

  return (
    <div class={styles['view']}>
      <ChangeAssetsContext.Provider value={change}>
        <PackageHeader row={props.row} summary={summaries()[0]} />
        <NotOnDevice projectId={props.row.project_id} />
        <FilterBar
          subjects={subjects()}
          filter={filter()}
          counts={assets.counts()}
          onLeave={focusGrid}
          posesOpen={posesOpen()}
          onPoses={() => (posesOpen() ? closePoses() : openPoses())}
          tileSize={tileSize()}
          onFilter={setFilter}
          onTileSize={setTileSize}
        />
        <div class={styles['body']}>
          <Show
            when={!isEmpty()}
            fallback={
              <div class={styles['nothing']}>
                <NothingListed
                  error={assets.error()}
                  filtering={isFiltering(filter())}
                  ready={ready()}
                  onClear={() => setFilter(emptyAssetFilter)}
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
              onOpen={() => setPanelOpen(true)}
            />
          </Show>
          <Show when={posesOpen()}>
            <PoseDock
              ref={(element) => {
                matrix = element;
              }}
              counts={assets.counts()?.pose ?? null}
              degrees={poseDegrees()}
              text={filter().text}
              onDegrees={setPoseDegrees}
              onText={(text) => setFilter({ text })}
              onLeave={focusGrid}
              onClose={closePoses}
            />
          </Show>
          <Show when={panelOpen() && selection.focusId()}>
            {(id) => <AssetPanel assetId={id()} counts={assets.counts()} previews={previews} onClose={closePanel} />}
          </Show>
        </div>
        <BulkBar
          projectId={props.row.project_id}
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
      </ChangeAssetsContext.Provider>
    </div>
  );
}

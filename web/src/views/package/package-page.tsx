/** One package: its facts, and its assets in a grid that is filtered, selected from and reviewed by keyboard. */
import type { PackageSummaryRow } from '@ingesthub/schema/rows.ts';
import { useParams, useSearchParams } from '@solidjs/router';
import { createMemo, createSignal, Show } from 'solid-js';
import { type AssetFacetRow, assetFacetsQuery } from '../../queries/asset-facets.ts';
import { type AssetFilter, emptyAssetFilter, isFiltering } from '../../queries/asset-filter.ts';
import { type PackageListRow, packageQuery, packageSummaryQuery } from '../../queries/packages.ts';
import { createLiveQuery } from '../../replica/create-live-query.ts';
import { calmReplica } from '../../ui/calm-replica.ts';
import { isTyping } from '../../ui/is-typing.ts';
import { Page } from '../../ui/page.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { reviewStatuses } from '../../ui/review-status.ts';
import { NotFound } from '../not-found.tsx';
import { AssetGrid } from './asset-grid.tsx';
import { AssetPanel } from './asset-panel.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { setReviewStatus } from './change-assets.ts';
import { createPackageAssets, type VisibleRange } from './create-package-assets.ts';
import { createSelection } from './create-selection.ts';
import { createTileSize } from './create-tile-size.ts';
import { FilterBar } from './filter-bar.tsx';
import { formatFilter, parseFilter } from './filter-url.ts';
import { PackageHeader } from './package-header.tsx';
import styles from './package-page.module.css';

export function PackagePage() {
  const { replica } = useReplica();
  const params = useParams<{ id: string }>();
  const packages = createLiveQuery<PackageListRow>(replica, () => packageQuery(params.id));
  return (
    <Show when={packages()[0]} fallback={<NotFound what="package" searching={packages.loading} />}>
      {(row) => (
        <Page
          title={row().name}
          crumbs={[
            { label: row().project_name ?? 'Project', href: `/projects/${row().project_id}` },
            { label: row().name, href: `/packages/${row().id}` },
          ]}
        >
          <Show when={row().id} keyed>
            <PackageView row={row()} />
          </Show>
        </Page>
      )}
    </Show>
  );
}

function PackageView(props: { row: PackageListRow }) {
  const { replica } = useReplica();
  const calm = calmReplica(replica);
  const packageId = () => props.row.id;

  const [search, setSearch] = useSearchParams();
  const filter = createMemo(() => parseFilter({ ...search }), emptyAssetFilter, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  const setFilter = (change: Partial<AssetFilter>) =>
    setSearch(formatFilter({ ...filter(), ...change }), { replace: true, scroll: false });

  const [visible, setVisible] = createSignal<VisibleRange>({ start: 0, end: 60 });
  const assets = createPackageAssets(replica, packageId, filter, visible);
  const selection = createSelection(assets.order);
  // Counts over the whole package come after the pictures.
  const summaries = createLiveQuery<PackageSummaryRow>(
    calm,
    () => (assets.begun() ? packageSummaryQuery(packageId()) : null),
    {
      key: 'package_id',
    },
  );
  const facets = createLiveQuery<AssetFacetRow>(calm, () => (assets.begun() ? assetFacetsQuery(packageId()) : null), {
    key: null,
  });
  const total = () => {
    if (!isFiltering(filter()) && !assets.loading()) return assets.order().length;
    return facets().length > 0 ? facets().reduce((sum, row) => sum + row.asset_count, 0) : null;
  };

  const [tileSize, setTileSize] = createTileSize();
  const [panelOpen, setPanelOpen] = createSignal(false);
  const [addTagOpen, setAddTagOpen] = createSignal(false);
  const isEmpty = () => assets.order().length === 0 && !assets.loading();

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && event.key === 'a' && !isField(event.target)) {
      selection.all();
      event.preventDefault();
    }
    if (isTyping(event)) return;
    const review = reviewStatuses.find(({ key }) => key === event.key);
    if (review) void setReviewStatus(replica, targets(), review.status);
    else if (event.key === 't' && targets().length > 0) {
      if (selection.ids().size === 0) selection.only(selection.focusIndex());
      setAddTagOpen(true);
    } else if (event.key === 'Escape' && panelOpen()) setPanelOpen(false);
    else if (event.key === 'Escape') selection.clear();
    else return;
    event.preventDefault();
  }

  /** The selection, or without one the asset that the keyboard is on. */
  function targets(): string[] {
    const focused = selection.focusId();
    if (selection.ids().size > 0) return [...selection.ids()];
    return focused === undefined ? [] : [focused];
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that work anywhere on the page, each also on a button
    <div class={styles['view']} onKeyDown={onKeyDown}>
      <PackageHeader row={props.row} summary={summaries()[0]} />
      <FilterBar
        packageId={packageId()}
        filter={filter()}
        facets={facets()}
        tileSize={tileSize()}
        onFilter={setFilter}
        onTileSize={setTileSize}
      />
      <div class={styles['body']}>
        <Show
          when={!isEmpty()}
          fallback={
            <div class={styles['nothing']}>
              <div class="empty">
                <Show
                  when={isFiltering(filter())}
                  fallback={<p>No assets yet. They show up here as the ingest finds them.</p>}
                >
                  <p>No asset matches the filter.</p>
                  <button type="button" class="button" onClick={() => setFilter(emptyAssetFilter)}>
                    Clear the filter
                  </button>
                </Show>
              </div>
            </div>
          }
        >
          <AssetGrid
            assets={assets}
            selection={selection}
            tileSize={tileSize()}
            onVisible={setVisible}
            onOpen={() => setPanelOpen(true)}
          />
        </Show>
        <Show when={panelOpen() && selection.focusId()}>
          {(id) => <AssetPanel assetId={id()} onClose={() => setPanelOpen(false)} />}
        </Show>
      </div>
      <BulkBar
        packageId={packageId()}
        selection={selection}
        shown={assets.order().length}
        total={total()}
        addTagOpen={addTagOpen()}
        onAddTagOpen={setAddTagOpen}
      />
    </div>
  );
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea');
}

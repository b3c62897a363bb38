/** The sidebar: pages with counts, pinned projects and saved filters. Narrow, it shows icons with their names as tips. */
import { A, useLocation } from '@solidjs/router';
import { createMemo, For, type JSX, Show } from 'solid-js';
import { pinnedFilters, pinnedProjects } from '../preferences/pins.ts';
import { privateFilters } from '../preferences/private-filters.ts';
import {
  type PinnedFilterRow,
  type PinnedRow,
  pinnedFiltersQuery,
  pinnedProjectsQuery,
  type SidebarCountsRow,
  sidebarCountsQuery,
} from '../queries/sidebar.ts';
import { createLiveQuery } from '../replica/read/create-live-query.ts';
import { formatCount } from '../ui/format.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { useReplica } from '../ui/replica-context.ts';
import { ThemeButton } from '../ui/theme-button.tsx';
import { createFilterCounts } from './create-filter-counts.ts';
import { libraryPlaces, mainPlaces } from './places.ts';
import styles from './sidebar.module.css';

export function Sidebar(props: { narrow: boolean; onToggle: () => void }) {
  const { replica, status } = useReplica();
  const counts = createLiveQuery<SidebarCountsRow>(replica, sidebarCountsQuery, { key: null });
  const projects = createLiveQuery<PinnedRow>(replica, () =>
    pinnedProjects().length > 0 ? pinnedProjectsQuery(pinnedProjects()) : null,
  );
  const sharedFilters = createLiveQuery<PinnedFilterRow>(replica, () =>
    pinnedFilters().length > 0 ? pinnedFiltersQuery(pinnedFilters()) : null,
  );
  const filters = createMemo(() => {
    const known = new Map([...sharedFilters(), ...privateFilters()].map((filter) => [filter.id, filter]));
    return pinnedFilters().flatMap((id) => known.get(id) ?? []);
  });
  const filterCounts = createFilterCounts(createMemo(() => filters().map(({ address }) => address)));
  const countOf = (what: string | undefined): number | null => {
    const row = counts()[0];
    if (row === undefined || what === undefined) return null;
    if (what === 'projects' || what === 'subjects') return row[what];
    return row.packages[what as keyof typeof row.packages] ?? 0;
  };
  return (
    <aside class={styles['sidebar']} classList={{ [styles['narrow'] ?? '']: props.narrow }} aria-label="Main">
      <A class={styles['brand'] ?? ''} href="/">
        <span class={styles['logo']} aria-hidden="true">
          H
        </span>
        <span class={styles['label']}>IngestHub</span>
      </A>
      <nav class={styles['pages']} aria-label="Pages">
        <For each={mainPlaces}>{(place) => <Item {...place} />}</For>
        <Group name="Library">
          <For each={libraryPlaces}>{(place) => <Item {...place} count={countOf(place.counts)} />}</For>
        </Group>
        <Show when={projects().length > 0}>
          <Group name="Pinned">
            <For each={projects()}>
              {(project) => (
                <Item
                  label={project.name}
                  href={`/projects/${project.id}`}
                  icon="folder"
                  count={status().projects.get(project.id)?.assetCount ?? null}
                />
              )}
            </For>
          </Group>
        </Show>
        <Show when={filters().length > 0}>
          <Group name="Saved filters">
            <For each={filters()}>
              {(saved) => (
                <Item
                  label={saved.name}
                  href={saved.address}
                  icon="filter"
                  count={filterCounts().get(saved.address) ?? null}
                />
              )}
            </For>
          </Group>
        </Show>
      </nav>
      <nav class={styles['foot']} aria-label="More">
        <Item label="Recently deleted" href="/deleted" icon="delete" />
        <Item label="Settings" href="/settings" icon="settings" />
        <div class={styles['buttons']}>
          <button
            type="button"
            class="button quiet icon"
            aria-expanded={!props.narrow}
            aria-label="Names in the sidebar"
            title={`${props.narrow ? 'Show' : 'Hide'} names in the sidebar ([)`}
            onClick={() => props.onToggle()}
          >
            <Icon name="sidebar" />
          </button>
          <ThemeButton />
        </div>
      </nav>
    </aside>
  );
}

function Group(props: { name: string; children: JSX.Element }) {
  return (
    <fieldset class={styles['group']}>
      <legend>{props.name}</legend>
      {props.children}
    </fieldset>
  );
}

function Item(props: { label: string; href: string; icon: IconName; count?: number | null }) {
  const location = useLocation();
  /** A filter's address has a query, which counts too. */
  const isHere = createMemo(() => {
    const [path, query] = props.href.split('?');
    if (query !== undefined) return `${location.pathname}${location.search}` === props.href;
    if (path === '/settings') return location.pathname.startsWith(path);
    return location.pathname === path && location.search.length === 0;
  });
  return (
    <A class={styles['item'] ?? ''} href={props.href} aria-current={isHere() ? 'page' : undefined} title={props.label}>
      <Icon name={props.icon} />
      <span class={styles['label']}>{props.label}</span>
      <Show when={typeof props.count === 'number'}>
        <span class={styles['count']}>{formatCount(props.count ?? null)}</span>
      </Show>
    </A>
  );
}

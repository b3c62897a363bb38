/** The list of all projects, with their totals. */
import { PACKAGE_KINDS, PACKAGE_TYPES } from '@ingesthub/schema/library/package-kinds.ts';
import { useNavigate } from '@solidjs/router';
import { createMemo, createSignal, For, Show } from 'solid-js';
import {
  type ProjectListRow,
  type ProjectTotalsRow,
  projectListQuery,
  projectTotalsQuery,
} from '../../queries/projects.ts';
import { projectPicturesQuery } from '../../queries/row-pictures.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { ColumnMenu } from '../../ui/data-table/column-menu.tsx';
import { createTable } from '../../ui/data-table/create-table.ts';
import { createAddressTableState } from '../../ui/data-table/create-table-state.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { FilterField } from '../../ui/data-table/filter-field.tsx';
import type { ColumnFilter } from '../../ui/data-table/filter-rows.ts';
import list from '../../ui/data-table/list.module.css';
import { ListFooter } from '../../ui/data-table/list-footer.tsx';
import { formatBytes, formatCount, formatCountOf } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { ProjectDialog } from '../edit/project-dialog.tsx';
import { createRowPictures } from '../lists/create-row-pictures.ts';
import { HowToIngest } from '../lists/how-to-ingest.tsx';
import { sumKnown } from '../lists/sum-known.ts';
import { type ProjectTotals, projectColumns } from './project-columns.tsx';
import { ProjectsBulkBar } from './projects-bulk-bar.tsx';

/** The totals of a project without packages. */
const nothing: ProjectTotals = { asset_count: 0, size_bytes: 0, reviews: null };

export function ProjectsPage() {
  const { replica, status, ready } = useReplica();
  const projects = createLiveQuery<ProjectListRow>(replica, projectListQuery);
  const totals = createLiveQuery<ProjectTotalsRow>(
    replica,
    // Before the counts are maintained, each change would recount all assets.
    () => (ready() ? projectTotalsQuery() : null),
    { key: 'project_id' },
  );
  const totalsById = createMemo(() => new Map(totals().map((row) => [row.project_id, row])));
  const onDevice = createMemo(() => status().projects);
  function totalsOf(project: ProjectListRow): ProjectTotals | null {
    const known = onDevice().get(project.id);
    // Assets that are not on this device cannot be counted on it.
    if (known && known.state !== 'here' && known.state !== 'leaving') {
      const { assetCount, sizeBytes } = known;
      return assetCount === null || sizeBytes === null
        ? null
        : { asset_count: assetCount, size_bytes: sizeBytes, reviews: null };
    }
    const counted = totalsById().get(project.id);
    if (counted !== undefined) return { ...counted, reviews: counted };
    return !ready() || totals.loading ? null : nothing;
  }
  const columns = projectColumns({
    totals: totalsOf,
    device: (project) => onDevice().get(project.id),
    pictures: createRowPictures(replica, projectPicturesQuery, ready),
  });
  const state = createAddressTableState(columns, { sort: { column: 'activity', descending: true } });
  const table = createTable<ProjectListRow>({
    id: 'projects',
    columns,
    rows: projects,
    key: (project) => project.id,
    name: (project) => project.name,
    href: (project) => `/projects/${project.id}`,
    state,
    selects: true,
  });
  /** Until the first load is over, what is not there may still come. */
  const loading = () => projects.loading || projects.error !== null || !ready();
  const navigate = useNavigate();
  const [making, setMaking] = createSignal(false);
  createShortcuts({ create: () => setMaking(true) });

  return (
    <Page title="Projects" crumbs={[]}>
      <div class={list['list']}>
        <header class="page-header">
          <h1>Projects</h1>
          <Show when={projects().length > 0}>
            <span class="muted">{formatCount(projects().length)}</span>
          </Show>
          <div class="actions">
            <TypeSwitch table={state} />
            <button type="button" class="button primary" onClick={() => setMaking(true)}>
              <Icon name="add" size={14} /> New project <kbd>N</kbd>
            </button>
          </div>
        </header>
        <div class={list['tools']}>
          <FilterField table={table} label="Filter projects by name, client or tag" />
          <ColumnMenu table={table} />
        </div>
        <ReadProblem error={projects.error} onRetry={projects.refresh} />
        <DataTable
          table={table}
          label="Projects"
          noun="projects"
          loading={loading()}
          empty={<HowToIngest title="The library is empty" />}
        />
        <ProjectsBulkBar table={table} assets={(project) => totalsOf(project)?.asset_count ?? null}>
          <ListFooter
            keys={[
              { shortcut: 'move', does: 'move' },
              { shortcut: 'select', does: 'select' },
              { shortcut: 'open', does: 'open' },
              { shortcut: 'tag', does: 'tag' },
            ]}
          >
            <Show when={!loading()}>
              {formatCountOf(table.listed().length, 'project')} ·{' '}
              {formatCount(sumKnown(table.listed(), (project) => totalsOf(project)?.asset_count ?? null))} assets ·{' '}
              {formatBytes(sumKnown(table.listed(), (project) => totalsOf(project)?.size_bytes ?? null))}
            </Show>
          </ListFooter>
        </ProjectsBulkBar>
      </div>
      <ProjectDialog
        project={null}
        open={making()}
        onOpenChange={setMaking}
        onCreated={(id) => navigate(`/projects/${id}`)}
      />
    </Page>
  );
}

/** Narrows the list to one type of project. */
function TypeSwitch(props: { table: ReturnType<typeof createAddressTableState> }) {
  const chosen = () => {
    const filter: ColumnFilter | undefined = props.table.filters()['type'];
    return filter?.kind === 'choices' && filter.values.length === 1 ? filter.values[0] : null;
  };
  const options = [
    { value: null, label: 'All' },
    ...PACKAGE_TYPES.map((value) => ({ value, label: PACKAGE_KINDS[value].label })),
  ];
  return (
    <fieldset class="segmented" aria-label="Type">
      <For each={options}>
        {({ value, label }) => (
          <button
            type="button"
            aria-pressed={chosen() === value}
            onClick={() => props.table.setFilter('type', value === null ? null : { kind: 'choices', values: [value] })}
          >
            {label}
          </button>
        )}
      </For>
    </fieldset>
  );
}

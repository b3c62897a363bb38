/** The list of all projects, with their totals and their latest ingest. */
import { A, useNavigate } from '@solidjs/router';
import { createMemo, createSignal, For, Show } from 'solid-js';
import {
  type ProjectListRow,
  type ProjectTotalsRow,
  projectListQuery,
  projectTotalsQuery,
} from '../../queries/projects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { RunProgress } from '../../ui/run-progress.tsx';
import table from '../../ui/table.module.css';
import { type Column, Table } from '../../ui/table.tsx';
import { TypeBadge } from '../../ui/type-badge.tsx';
import { ProjectDialog } from '../edit/project-dialog.tsx';
import { DeviceState } from '../working-set/device-state.tsx';
import { FirstRun } from './first-run.tsx';
import styles from './projects-page.module.css';

/** The totals of a project without packages. */
const nothing = { asset_count: 0, size_bytes: 0 };

const columns: readonly Column[] = [
  { name: 'Project' },
  { name: 'Type', width: '90px' },
  { name: 'Client', width: '13%' },
  { name: 'Packages', width: '84px', kind: 'number' },
  { name: 'Assets', width: '88px', kind: 'number' },
  { name: 'Size', width: '84px', kind: 'number' },
  { name: 'Latest ingest', width: '17%' },
  { name: 'This device', width: '160px' },
];

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
  const navigate = useNavigate();
  const [making, setMaking] = createSignal(false);
  createShortcuts({ create: () => setMaking(true) });

  const isEmpty = () => projects().length === 0 && !projects.loading && projects.error === null && ready();
  return (
    <Page title="Projects" crumbs={[]}>
      <header class={styles['header']}>
        <h1>Projects</h1>
        <button type="button" class="button" title="New project (N)" onClick={() => setMaking(true)}>
          <Icon name="add" size={14} /> New project
        </button>
        <A class="button quiet" href="/deleted">
          Recently deleted
        </A>
      </header>
      <ProjectDialog
        project={null}
        open={making()}
        onOpenChange={setMaking}
        onCreated={(id) => navigate(`/projects/${id}`)}
      />
      <ReadProblem error={projects.error} onRetry={projects.refresh} />
      <Show when={!isEmpty()} fallback={<FirstRun />}>
        <Table columns={columns}>
          <For each={projects()}>
            {(project) => {
              const here = () => status().projects.get(project.id);
              const total = () => {
                const known = here();
                // Assets that are not on this device cannot be counted on it.
                if (known && known.state !== 'here' && known.state !== 'leaving')
                  return { asset_count: known.assetCount, size_bytes: known.sizeBytes };
                return totalsById().get(project.id) ?? (!ready() || totals.loading ? null : nothing);
              };
              return (
                <tr>
                  <td class={table['name']} title={project.name}>
                    <A href={`/projects/${project.id}`}>{project.name}</A>
                  </td>
                  <td>
                    <TypeBadge type={project.type} />
                  </td>
                  <td class="muted">{project.client}</td>
                  <td class={table['number']}>{formatCount(project.package_count)}</td>
                  <td class={table['number']}>{formatCount(total()?.asset_count ?? null)}</td>
                  <td class={table['number']}>{formatBytes(total()?.size_bytes ?? null)}</td>
                  <td>
                    <RunProgress run={project} />
                  </td>
                  <td>
                    <DeviceState project={here()} />
                  </td>
                </tr>
              );
            }}
          </For>
        </Table>
      </Show>
    </Page>
  );
}

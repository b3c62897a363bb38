/** The list of all projects, each with a menu to choose whether this device keeps it. */
import { type ProjectListRow, projectListQuery } from '../../queries/projects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import type { Column } from '../../ui/data-table/column.ts';
import { createTable } from '../../ui/data-table/create-table.ts';
import { createTableState } from '../../ui/data-table/create-table-state.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { formatCount } from '../../ui/format.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { DeviceMenu } from './device-menu.tsx';

export function WorkingSetTable() {
  const { replica, status } = useReplica();
  const projects = createLiveQuery<ProjectListRow>(replica, projectListQuery);
  const assets = (project: ProjectListRow) => status().projects.get(project.id)?.assetCount ?? null;
  const columns: readonly Column<ProjectListRow>[] = [
    {
      id: 'name',
      label: 'Project',
      opens: true,
      filter: 'words',
      value: (project) => project.name,
      cell: (project) => project.name,
    },
    {
      id: 'assets',
      label: 'Assets',
      width: 110,
      align: 'end',
      filter: 'numbers',
      value: assets,
      cell: (project) => formatCount(assets(project)),
    },
    { id: 'device', label: 'This device', width: 260, cell: (project) => <DeviceMenu projectId={project.id} /> },
  ];
  const table = createTable<ProjectListRow>({
    id: 'working-set',
    columns,
    rows: projects,
    key: (project) => project.id,
    name: (project) => project.name,
    href: (project) => `/projects/${project.id}`,
    state: createTableState({ sort: { column: 'name', descending: false } }),
  });
  return (
    <DataTable
      table={table}
      label="Projects on this device"
      noun="projects"
      loading={projects.loading || projects.error !== null}
      empty={<p class="muted">No projects yet.</p>}
    />
  );
}

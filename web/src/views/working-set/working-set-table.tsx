/** The list of all projects, each with a menu to choose whether this device keeps it. */
import { For } from 'solid-js';
import { type ProjectListRow, projectListQuery } from '../../queries/projects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { formatCount } from '../../ui/format.ts';
import { useReplica } from '../../ui/replica-context.ts';
import table from '../../ui/table.module.css';
import { type Column, Table } from '../../ui/table.tsx';
import { DeviceMenu } from './device-menu.tsx';

const columns: readonly Column[] = [
  { name: 'Project' },
  { name: 'Assets', width: '110px', kind: 'number' },
  { name: 'This device', width: '240px' },
];

export function WorkingSetTable() {
  const { replica, status } = useReplica();
  const projects = createLiveQuery<ProjectListRow>(replica, projectListQuery);
  return (
    <Table columns={columns}>
      <For each={projects()}>
        {(project) => (
          <tr>
            <td title={project.name}>{project.name}</td>
            <td class={table['number']}>{formatCount(status().projects.get(project.id)?.assetCount ?? null)}</td>
            <td>
              <DeviceMenu projectId={project.id} />
            </td>
          </tr>
        )}
      </For>
    </Table>
  );
}

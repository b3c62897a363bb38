/** The packages of a project with their totals and ingest progress. */
import type { PackageSummaryRow, ProjectRow } from '@ingesthub/schema/library/rows.ts';
import { A } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import type { PackageListRow } from '../../queries/packages.ts';
import type { LiveQuery } from '../../replica/read/create-live-query.ts';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { PackageStatus } from '../../ui/package-status.tsx';
import { RunProgress } from '../../ui/run-progress.tsx';
import table from '../../ui/table.module.css';
import { type Column, Table } from '../../ui/table.tsx';
import { TypeBadge } from '../../ui/type-badge.tsx';
import styles from './project-page.module.css';

const columns: readonly Column[] = [
  { name: 'Package' },
  { name: 'Type', width: '78px' },
  { name: 'Status', width: '100px' },
  { name: 'Subjects', width: '12%' },
  { name: 'Assets', width: '74px', kind: 'number' },
  { name: 'Approved', width: '86px', kind: 'number' },
  { name: 'Problems', width: '86px', kind: 'number' },
  { name: 'Size', width: '78px', kind: 'number' },
  { name: 'Ingest', width: '20%' },
];

export function PackageTable(props: {
  project: ProjectRow;
  packages: LiveQuery<PackageListRow>;
  /** Null: not known. */
  summaries: readonly PackageSummaryRow[] | null;
}) {
  const summaryById = createMemo(() => new Map(props.summaries?.map((row) => [row.package_id, row])));
  return (
    <Show
      when={props.packages().length > 0 || props.packages.loading || props.packages.error}
      fallback={
        <div class="empty">
          <p>No packages yet.</p>
          <code>npm run -s ihub -- ingest PATH --project "{props.project.name}"</code>
        </div>
      }
    >
      <Table columns={columns}>
        <For each={props.packages()}>
          {(row) => {
            const summary = () => summaryById().get(row.id);
            return (
              <tr>
                <td class={table['name']} title={row.name}>
                  <A href={`/packages/${row.id}`}>{row.name}</A>
                </td>
                <td>
                  <TypeBadge type={row.type} />
                </td>
                <td>
                  <PackageStatus status={row.status} problem={row.problem} />
                </td>
                <td>
                  <span title={row.subjects.join(', ')}>{row.subjects.join(', ')}</span>
                </td>
                <td class={table['number']}>{formatCount(summary()?.asset_count ?? null)}</td>
                <td class={table['number']}>{formatCount(summary()?.approved_count ?? null)}</td>
                <td class={table['number']}>{formatCount(summary()?.problem_count ?? null)}</td>
                <td class={table['number']}>{formatBytes(summary()?.size_bytes ?? null)}</td>
                <td>
                  <Show when={row.problem} fallback={<RunProgress run={row} />}>
                    {(problem) => (
                      <span class={styles['problem']} title={problem()}>
                        {problem()}
                      </span>
                    )}
                  </Show>
                </td>
              </tr>
            );
          }}
        </For>
      </Table>
    </Show>
  );
}

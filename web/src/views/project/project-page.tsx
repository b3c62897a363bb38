/** The page of one project: its packages with their totals and ingest progress, and its subjects. */

import type { PackageSummaryRow, ProjectRow } from '@ingesthub/schema/library/rows.ts';
import { packageSummariesAnswer } from '@ingesthub/schema/replica/server-answers.ts';
import { A, useParams } from '@solidjs/router';
import { createEffect, createMemo, For, Show } from 'solid-js';
import { type PackageListRow, packageListQuery, packageSummariesQuery } from '../../queries/packages.ts';
import { projectQuery } from '../../queries/projects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { askServer } from '../../server-answers/ask-server.ts';
import { createAnswer } from '../../server-answers/create-answer.ts';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { PackageStatus } from '../../ui/package-status.tsx';
import { Page } from '../../ui/page.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { RunProgress } from '../../ui/run-progress.tsx';
import table from '../../ui/table.module.css';
import { type Column, Table } from '../../ui/table.tsx';
import { TypeBadge } from '../../ui/type-badge.tsx';
import { NotFound } from '../not-found.tsx';
import { isAbsent } from '../working-set/is-absent.ts';
import { NotOnDevice } from '../working-set/not-on-device.tsx';
import { ProjectHeader } from './project-header.tsx';
import styles from './project-page.module.css';
import { SubjectList } from './subject-list.tsx';

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

export function ProjectPage() {
  const { replica, status, ready, online } = useReplica();
  const params = useParams<{ id: string }>();
  const absent = createMemo(() => isAbsent(status(), params.id));
  const projects = createLiveQuery<ProjectRow>(replica, () => projectQuery(params.id));
  const packages = createLiveQuery<PackageListRow>(replica, () => packageListQuery(params.id));
  createEffect(() => void replica.prefer(params.id));
  const summaries = createLiveQuery<PackageSummaryRow>(
    replica,
    // Before the counts are maintained, each change would recount all assets.
    () => (ready() && !absent() ? packageSummariesQuery(params.id) : null),
    { key: 'package_id' },
  );
  // The server counts the assets of a project that is not on this device.
  const remote = createAnswer(
    () => (absent() && online() ? params.id : null),
    async (project, signal) =>
      (await askServer('/api/package-summaries', { project }, packageSummariesAnswer, signal)).packages,
  );
  const summaryById = createMemo(
    () => new Map((absent() ? (remote() ?? []) : summaries()).map((row) => [row.package_id, row])),
  );
  return (
    <Show when={projects()[0]} fallback={<NotFound what="project" query={projects} />}>
      {(project) => (
        <Page title={project().name} crumbs={[{ label: project().name, href: `/projects/${project().id}` }]}>
          <ProjectHeader project={project()} />
          <NotOnDevice projectId={project().id} />
          <ReadProblem error={packages.error} onRetry={packages.refresh} />
          <Show
            when={packages().length > 0 || packages.loading || packages.error}
            fallback={
              <div class="empty">
                <p>No packages yet.</p>
                <code>npm run -s ihub -- ingest PATH --project "{project().name}"</code>
              </div>
            }
          >
            <Table columns={columns}>
              <For each={packages()}>
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
          <SubjectList projectId={project().id} />
        </Page>
      )}
    </Show>
  );
}

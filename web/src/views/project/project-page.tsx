/** The page of one project, in tabs: packages, subjects, assets, pose coverage, activity. */
import type { PackageSummaryRow, ProjectRow } from '@ingesthub/schema/library/rows.ts';
import { packageSummariesAnswer } from '@ingesthub/schema/replica/server-answers.ts';
import { useParams } from '@solidjs/router';
import { createEffect, createMemo, Match, Show, Switch } from 'solid-js';
import { type PackageListRow, packageListQuery, packageSummariesQuery } from '../../queries/packages.ts';
import { projectQuery } from '../../queries/projects.ts';
import { projectSubjectsQuery, type SubjectListRow } from '../../queries/subjects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { askServer } from '../../server-answers/ask-server.ts';
import { createAnswer } from '../../server-answers/create-answer.ts';
import { Page } from '../../ui/page.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { TabLinks } from '../../ui/tab-links.tsx';
import { NotFound } from '../not-found.tsx';
import { SubjectTable } from '../subjects/subject-table.tsx';
import { isAbsent } from '../working-set/is-absent.ts';
import { isWhole } from '../working-set/is-whole.ts';
import { NotOnDevice } from '../working-set/not-on-device.tsx';
import { AssetWorkspace } from '../workspace/asset-workspace.tsx';
import { ProjectActivity } from './activity/project-activity.tsx';
import { type ProjectTab, parseProjectTab, projectTabAddress } from './address/project-tabs.ts';
import { ProjectCoverage } from './coverage/project-coverage.tsx';
import { PackageTable } from './package-table.tsx';
import { ProjectHeader } from './project-header.tsx';
import styles from './project-page.module.css';
import { projectTotals } from './project-totals.ts';

export function ProjectPage() {
  const { replica } = useReplica();
  const params = useParams<{ id: string; tab?: string }>();
  const projects = createLiveQuery<ProjectRow>(replica, () => projectQuery(params.id));
  return (
    <Show when={projects()[0]} fallback={<NotFound what="project" query={projects} />}>
      {(project) => (
        <Page
          title={project().name}
          crumbs={[
            { label: 'Projects', href: '/projects' },
            { label: project().name, href: `/projects/${project().id}` },
          ]}
        >
          <Show when={project().id} keyed>
            <ProjectView project={project()} tab={parseProjectTab(params.tab)} />
          </Show>
        </Page>
      )}
    </Show>
  );
}

function ProjectView(props: { project: ProjectRow; tab: ProjectTab }) {
  const { replica, status, ready, online } = useReplica();
  const id = () => props.project.id;
  const absent = createMemo(() => isAbsent(status(), id()));
  const whole = createMemo(() => isWhole(status(), id()));
  createEffect(() => void replica.prefer(id()));
  const packages = createLiveQuery<PackageListRow>(replica, () => packageListQuery(id()));
  const subjects = createLiveQuery<SubjectListRow>(replica, () => projectSubjectsQuery(id()));
  const summaries = createLiveQuery<PackageSummaryRow>(
    replica,
    // Before the counts are maintained, each change would recount all assets.
    () => (ready() && whole() ? packageSummariesQuery(id()) : null),
    { key: 'package_id' },
  );
  // The server counts the assets of a project that is not on this device.
  const remote = createAnswer(
    () => (absent() && online() ? id() : null),
    async (project, signal) =>
      (await askServer('/api/package-summaries', { project }, packageSummariesAnswer, signal)).packages,
  );
  const known = createMemo(() => {
    if (absent()) return remote() ?? null;
    return ready() && whole() && !summaries.loading && !summaries.error ? summaries() : null;
  });
  const tab = (name: ProjectTab, label: string) => ({ label, href: projectTabAddress(id(), name) });
  return (
    <div class={styles['view']}>
      <ProjectHeader
        project={props.project}
        tab={props.tab}
        totals={projectTotals(known(), status().projects.get(id()))}
      />
      <TabLinks
        label="Project"
        current={projectTabAddress(id(), props.tab)}
        tabs={[
          { ...tab('packages', 'Packages'), count: packages.loading ? null : packages().length },
          { ...tab('subjects', 'Subjects'), count: subjects.loading ? null : subjects().length },
          tab('assets', 'Assets'),
          tab('coverage', 'Coverage'),
          tab('activity', 'Activity'),
        ]}
      />
      <NotOnDevice projectId={id()} />
      <Switch>
        <Match when={props.tab === 'packages'}>
          <ReadProblem error={packages.error} onRetry={packages.refresh} />
          <PackageTable project={props.project} packages={packages} />
        </Match>
        <Match when={props.tab === 'subjects'}>
          <SubjectTable projectId={id()} />
        </Match>
        <Match when={props.tab === 'assets'}>
          <AssetWorkspace scope={{ kind: 'project', id: id() }} projectId={id()} />
        </Match>
        <Match when={props.tab === 'coverage'}>
          <ProjectCoverage projectId={id()} name={props.project.name} whole={whole()} />
        </Match>
        <Match when={props.tab === 'activity'}>
          <ProjectActivity projectId={id()} />
        </Match>
      </Switch>
    </div>
  );
}

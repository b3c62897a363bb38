/** The page of one subject: an overview of its poses, packages and dataset directory, and its assets of all packages. */
import { useNavigate, useParams } from '@solidjs/router';
import { createEffect, createMemo, Show } from 'solid-js';
import {
  noSubjectCounts,
  type SubjectCountsRow,
  type SubjectDetailRow,
  subjectCountsOfQuery,
  subjectQuery,
} from '../../queries/subjects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { Page } from '../../ui/page.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { TabLinks } from '../../ui/tab-links.tsx';
import { NotFound } from '../not-found.tsx';
import { isWhole } from '../working-set/is-whole.ts';
import { NotOnDevice } from '../working-set/not-on-device.tsx';
import { AssetWorkspace } from '../workspace/asset-workspace.tsx';
import { SubjectHeader } from './subject-header.tsx';
import { SubjectOverview } from './subject-overview.tsx';
import styles from './subject-page.module.css';
import type { SubjectTab } from './subject-tabs.ts';

export function SubjectPage() {
  const { replica } = useReplica();
  const params = useParams<{ id: string; tab?: string }>();
  const subjects = createLiveQuery<SubjectDetailRow>(replica, () => subjectQuery(params.id));
  return (
    <Show when={subjects()[0]} fallback={<NotFound what="subject" query={subjects} />}>
      {(subject) => (
        <Page
          title={subject().name}
          crumbs={[
            { label: 'Projects', href: '/projects' },
            { label: subject().project_name, href: `/projects/${subject().project_id}/subjects` },
            { label: subject().name, href: `/subjects/${subject().id}` },
          ]}
        >
          <Show when={subject().id} keyed>
            <SubjectView subject={subject()} tab={params.tab === 'assets' ? 'assets' : 'overview'} />
          </Show>
        </Page>
      )}
    </Show>
  );
}

function SubjectView(props: { subject: SubjectDetailRow; tab: SubjectTab }) {
  const { replica, status, ready } = useReplica();
  const navigate = useNavigate();
  const whole = createMemo(() => isWhole(status(), props.subject.project_id));
  createEffect(() => void replica.prefer(props.subject.project_id));
  const counts = createLiveQuery<SubjectCountsRow>(
    replica,
    () => (ready() && whole() ? subjectCountsOfQuery(props.subject.id) : null),
    { key: 'subject_id' },
  );
  /** Null: not known. */
  const known = createMemo((): SubjectCountsRow | null => {
    if (!ready() || !whole() || counts.loading || counts.error) return null;
    return counts()[0] ?? { subject_id: props.subject.id, ...noSubjectCounts };
  });
  const own = () => `/subjects/${props.subject.id}`;
  createShortcuts({
    open: ({ target }) => {
      // Enter on a link or button is theirs.
      const onPage = target === document.body || (target instanceof Element && target.matches('main, h1'));
      if (props.tab !== 'overview' || !onPage) return false;
      navigate(`${own()}/assets`);
      return true;
    },
  });
  return (
    <div class={styles['view']}>
      <SubjectHeader subject={props.subject} counts={known()} onOverview={props.tab === 'overview'} />
      <TabLinks
        label="Subject"
        current={props.tab === 'overview' ? own() : `${own()}/assets`}
        tabs={[
          { label: 'Overview', href: own() },
          { label: 'Assets', href: `${own()}/assets`, count: known()?.asset_count ?? null },
        ]}
      />
      <NotOnDevice projectId={props.subject.project_id} />
      <Show
        when={props.tab === 'overview'}
        fallback={
          <AssetWorkspace scope={{ kind: 'subject', id: props.subject.id }} projectId={props.subject.project_id} />
        }
      >
        <SubjectOverview subject={props.subject} counts={known()} />
      </Show>
    </div>
  );
}

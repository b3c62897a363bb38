/** The start page: the whole library in numbers, what is going on, and what needs a person. */
import { createMemo, createSignal, For, onCleanup, Show } from 'solid-js';
import { type ProjectListRow, projectListQuery } from '../../queries/projects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { formatCountOf } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Part } from '../../ui/page-error.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { HowToIngest } from '../lists/how-to-ingest.tsx';
import { AttentionCard } from './attention-card.tsx';
import { changesSince, startOfPeriod } from './count-changes.ts';
import { createLibraryCounts } from './create-library-counts.ts';
import styles from './dashboard.module.css';
import { FigureRow } from './figure-row.tsx';
import { libraryFigures } from './figures.ts';
import { IngestCard } from './ingest-card.tsx';
import { moveAmongLinks } from './move-among-links.ts';
import { choosePeriod, period, periods } from './period.ts';
import { RecentCard } from './recent-card.tsx';
import { ReviewedCard } from './reviewed-card.tsx';
import { TypesCard } from './types-card.tsx';

/** Milliseconds after which times and days are written again. */
const CLOCK_MS = 60_000;

export function DashboardPage() {
  const { replica, ready } = useReplica();
  const projects = createLiveQuery<ProjectListRow>(replica, projectListQuery);
  const counts = createLibraryCounts();
  const [now, setNow] = createSignal(new Date());
  const clock = setInterval(() => setNow(new Date()), CLOCK_MS);
  onCleanup(() => clearInterval(clock));
  const changes = createMemo(() =>
    counts.hours.loading || counts.hours.error !== null
      ? null
      : changesSince(counts.hours(), startOfPeriod(now(), period().days)),
  );
  const figures = createMemo(() => libraryFigures(counts.totals(), changes(), period().words, !ready()));
  createShortcuts({
    periodToday: () => choosePeriod(1),
    periodWeek: () => choosePeriod(7),
    periodMonth: () => choosePeriod(30),
    move: moveAmongLinks,
  });
  const isEmpty = () => projects().length === 0 && !projects.loading && projects.error === null && ready();
  return (
    <Page title="Dashboard" crumbs={[{ label: 'Dashboard', href: '/' }]}>
      <Show when={!isEmpty()} fallback={<Empty />}>
        <header class="page-header">
          <h1>Dashboard</h1>
          <span class="muted">{projects.loading ? '' : formatCountOf(projects().length, 'project')}</span>
          <div class="actions">
            <fieldset class="segmented" aria-label="Change over">
              <For each={periods}>
                {({ days, label, key }) => (
                  <button
                    type="button"
                    aria-pressed={period().days === days}
                    title={`Change over ${label.toLowerCase()} (${key})`}
                    onClick={() => choosePeriod(days)}
                  >
                    {label}
                  </button>
                )}
              </For>
            </fieldset>
          </div>
        </header>
        <div class={styles['dashboard']}>
          <Part name="The library in numbers">
            <FigureRow figures={figures()} />
          </Part>
          <IngestCard now={now()} />
          <TypesCard counts={counts} />
          <RecentCard counts={counts} now={now()} />
          <div class={styles['side']}>
            <AttentionCard counts={counts} />
            <ReviewedCard counts={counts} now={now()} />
          </div>
        </div>
      </Show>
    </Page>
  );
}

function Empty() {
  return (
    <>
      <header class="page-header">
        <h1>Dashboard</h1>
      </header>
      <HowToIngest title="The library is empty" />
    </>
  );
}

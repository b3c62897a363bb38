/** The pose coverage of a project's subjects beside each other, and what is missing. */
import { createMemo, createSignal, For, Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import {
  type SubjectCountsRow,
  type SubjectDetailRow,
  subjectCountsQuery,
  subjectDetailsQuery,
} from '../../../queries/subjects.ts';
import { createLiveQuery } from '../../../replica/read/create-live-query.ts';
import { Icon } from '../../../ui/icon.tsx';
import { chosenCoverage } from '../../../ui/poses/coverage-choice.ts';
import { CoverageFields } from '../../../ui/poses/coverage-fields.tsx';
import { ModeButtons } from '../../../ui/poses/mode-buttons.tsx';
import type { PoseGrid } from '../../../ui/poses/pose-grid.ts';
import type { PoseMode } from '../../../ui/poses/pose-scale.ts';
import { thinBins } from '../../../ui/poses/thin-bins.ts';
import { ReadProblem } from '../../../ui/read-problem.tsx';
import { useReplica } from '../../../ui/replica-context.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { coverageCsv } from './coverage-csv.ts';
import styles from './project-coverage.module.css';
import { listRequests } from './request-list.ts';
import { RequestTable } from './request-table.tsx';
import { SubjectCoverage } from './subject-coverage.tsx';

/** Matrices that are drawn before a person asks for more. */
const SHOWN = 24;

export function ProjectCoverage(props: { projectId: string; name: string; whole: boolean }) {
  const { replica, ready } = useReplica();
  const countable = () => ready() && props.whole;
  const subjects = createLiveQuery<SubjectDetailRow>(replica, () => subjectDetailsQuery(props.projectId));
  const counts = createLiveQuery<SubjectCountsRow>(
    replica,
    () => (countable() ? subjectCountsQuery(props.projectId) : null),
    { key: 'subject_id' },
  );
  const posed = createMemo(() => {
    const known = new Map(counts().map((row) => [row.subject_id, row.posed_count]));
    return subjects()
      .map((subject) => ({ subject, count: known.get(subject.id) ?? 0 }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => b.count - a.count);
  });
  const without = () => subjects().filter(({ id }) => !posed().some(({ subject }) => subject.id === id));
  const [all, setAll] = createSignal(false);
  const shown = () => (all() ? posed() : posed().slice(0, SHOWN));
  const [mode, setMode] = createSignal<PoseMode>('count');
  const [approvedOnly, setApprovedOnly] = createSignal(false);
  const [asTable, setAsTable] = createSignal(false);
  const [grids, setGrids] = createStore<Record<string, PoseGrid>>({});
  const counted = createMemo(() =>
    shown().flatMap(({ subject }) => {
      const grid = grids[subject.id];
      return grid?.known ? [{ name: subject.name, grid }] : [];
    }),
  );
  const requests = createMemo(() =>
    listRequests(
      counted().flatMap(({ name, grid }) => {
        const thin = thinBins(grid, chosenCoverage());
        return thin ? [{ name, thin }] : [];
      }),
    ),
  );

  return (
    <div class={styles['coverage']}>
      <div class={styles['bar']}>
        <fieldset class="segmented">
          <legend class="visually-hidden">Faces</legend>
          <button type="button" aria-pressed={!approvedOnly()} onClick={() => setApprovedOnly(false)}>
            All faces
          </button>
          <button type="button" aria-pressed={approvedOnly()} onClick={() => setApprovedOnly(true)}>
            Approved only
          </button>
        </fieldset>
        <ModeButtons mode={mode()} onMode={setMode} />
        <CoverageFields />
        <span class={styles['space']} />
        <button
          type="button"
          class="button quiet"
          aria-pressed={asTable()}
          onClick={() => setAsTable((before) => !before)}
        >
          <Icon name="list" size={14} /> {asTable() ? 'Show as maps' : 'Show as tables'}
        </button>
        <button
          type="button"
          class="button quiet"
          aria-disabled={counted().length === 0}
          onClick={() => {
            if (counted().length === 0) return;
            saveFile(new Blob([coverageCsv(counted())], { type: 'text/csv' }), `${props.name} pose coverage.csv`);
          }}
        >
          <Icon name="export" size={14} /> Export CSV
        </button>
      </div>
      <ReadProblem error={subjects.error ?? counts.error} onRetry={counts.refresh} />
      <Show
        when={posed().length > 0 || counts.loading || subjects.loading || !countable()}
        fallback={
          <div class="empty">
            <Icon name="pose" />
            <h2>No poses in this project</h2>
            <p>Poses come with face crops that carry them. An ingest of such a package fills this page.</p>
          </div>
        }
      >
        <div class={styles['cards']}>
          <For each={shown()}>
            {({ subject }) => (
              <SubjectCoverage
                subject={subject}
                mode={mode()}
                approvedOnly={approvedOnly()}
                asTable={asTable()}
                onGrid={(grid) => setGrids(subject.id, grid)}
              />
            )}
          </For>
          <Show when={counted().length > 0}>
            <RequestTable requests={requests()} waiting={shown().length - counted().length} />
          </Show>
        </div>
        <Show when={!all() && posed().length > SHOWN}>
          <button type="button" class="button" onClick={() => setAll(true)}>
            Show all {posed().length} subjects
          </button>
        </Show>
        <Show when={posed().length > 0 && without().length > 0}>
          <p class="muted">
            Without poses:{' '}
            {without()
              .map(({ name }) => name)
              .join(', ')}
          </p>
        </Show>
      </Show>
    </div>
  );
}

/** The cards of a subject: poses, packages, the sharpest pictures, the dataset directory. */
import type { PackageSummaryRow } from '@ingesthub/schema/library/rows.ts';
import { Show } from 'solid-js';
import { type PackageListRow, packageSummariesQuery, subjectPackagesQuery } from '../../queries/packages.ts';
import type { SubjectCountsRow, SubjectDetailRow } from '../../queries/subjects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { DatasetCard } from './dataset-card.tsx';
import { PackagesCard } from './packages-card.tsx';
import { PosesCard } from './poses-card.tsx';
import { SharpestCard } from './sharpest-card.tsx';
import { SubjectContents } from './subject-contents.tsx';
import styles from './subject-page.module.css';

export function SubjectOverview(props: {
  subject: SubjectDetailRow;
  /** Null: not known. */
  counts: SubjectCountsRow | null;
}) {
  const { replica } = useReplica();
  const packages = createLiveQuery<PackageListRow>(replica, () => subjectPackagesQuery(props.subject.id));
  const summaries = createLiveQuery<PackageSummaryRow>(
    replica,
    // While its assets are elsewhere, their number is not known here.
    () => (props.counts === null ? null : packageSummariesQuery(props.subject.project_id)),
    { key: 'package_id' },
  );
  const hasPoses = () => (props.counts?.posed_count ?? 0) > 0;
  return (
    <div class={styles['overview']}>
      <div class={styles['column']}>
        <Show when={hasPoses()}>
          <PosesCard subject={props.subject} counts={props.counts} />
        </Show>
        <PackagesCard packages={packages} summaries={summaries()} />
        <Show when={hasPoses()}>
          <SharpestCard subjectId={props.subject.id} />
        </Show>
      </div>
      <div class={styles['column']}>
        <DatasetCard subject={props.subject} packages={packages()} />
        <Show when={props.counts}>
          <SubjectContents subjectId={props.subject.id} />
        </Show>
        <Show when={props.subject.notes}>
          {(notes) => (
            <section class="card" aria-label="Notes">
              <header>
                <h2>Notes</h2>
              </header>
              <p class={styles['body']}>{notes()}</p>
            </section>
          )}
        </Show>
      </div>
    </div>
  );
}

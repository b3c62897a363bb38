/** The poses of one subject in a card, with what is thin. */
import { A, useNavigate } from '@solidjs/router';
import { createEffect, createMemo, Show } from 'solid-js';
import { filterQuery } from '../../../queries/address/filter-url.ts';
import { emptyAssetFilter } from '../../../queries/asset-filter.ts';
import { quoted } from '../../../queries/query/parse-query.ts';
import { withRegions } from '../../../queries/query/pose-regions.ts';
import type { PoseRegion } from '../../../queries/query/query-keys.ts';
import type { SubjectDetailRow } from '../../../queries/subjects.ts';
import type { Condition } from '../../../replica/model/mirror-questions.ts';
import { formatCount, formatCountOf } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { chosenCoverage } from '../../../ui/poses/coverage-choice.ts';
import { createPoseBins } from '../../../ui/poses/create-pose-bins.ts';
import { PoseGrid } from '../../../ui/poses/pose-grid.ts';
import { PoseMatrix } from '../../../ui/poses/pose-matrix.tsx';
import type { PoseMode } from '../../../ui/poses/pose-scale.ts';
import { PoseTable } from '../../../ui/poses/pose-table.tsx';
import { formatRegion, thinBins, thinRuns } from '../../../ui/poses/thin-bins.ts';
import { useReplica } from '../../../ui/replica-context.ts';
import { projectTabAddress } from '../address/project-tabs.ts';
import styles from './project-coverage.module.css';

const approved: Condition = { kind: 'value', column: 'review_status', values: ['approved'] };

export function SubjectCoverage(props: {
  subject: SubjectDetailRow;
  mode: PoseMode;
  approvedOnly: boolean;
  asTable: boolean;
  onGrid: (grid: PoseGrid) => void;
}) {
  const { replica } = useReplica();
  const navigate = useNavigate();
  const bins = createPoseBins(replica, () => ({
    // One scope for all subjects of a project: its assets are read once.
    scope: { kind: 'project', id: props.subject.project_id },
    where: {
      subject: { kind: 'value', column: 'subject_id', values: [props.subject.id] },
      ...(props.approvedOnly ? { approved } : {}),
    },
    pose: { degrees: 10, sharpness: props.mode === 'sharpness' || props.asTable },
  }));
  const grid = createMemo(() => new PoseGrid(10, bins()));
  createEffect(() => props.onGrid(grid()));
  const thin = createMemo(() => thinBins(grid(), chosenCoverage()));
  const worst = () => {
    const found = thin();
    return found ? thinRuns(found)[0] : undefined;
  };

  function open(regions: readonly PoseRegion[]): void {
    if (regions.length === 0) return;
    const others = `subject:${quoted(props.subject.name)}${props.approvedOnly ? ' status:approved' : ''}`;
    const filter = { ...emptyAssetFilter, text: withRegions(others, regions) };
    navigate(`${projectTabAddress(props.subject.project_id, 'assets')}${filterQuery(filter)}`);
  }

  return (
    <section class="card" aria-label={props.subject.name}>
      <header>
        <A class={styles['name'] ?? ''} href={`/subjects/${props.subject.id}`}>
          {props.subject.name}
        </A>
        <span class="muted small">
          {bins() ? formatCountOf(grid().total, 'pose') : '–'} · {formatCountOf(props.subject.package_count, 'package')}
        </span>
        <Show when={thin()}>
          {(found) => (
            <span class={`end ${styles['thin']}`} data-thin={found().bins.length > 0}>
              {formatCountOf(found().bins.length, 'thin bin')}
            </span>
          )}
        </Show>
      </header>
      <div class={styles['body']}>
        <Show
          when={props.asTable}
          fallback={
            <PoseMatrix
              grid={grid()}
              mode={props.mode}
              thin={thin()?.bins.map(({ region }) => region) ?? []}
              regions={[]}
              label={props.subject.name}
              onRegions={open}
            />
          }
        >
          <PoseTable grid={grid()} regions={[]} onRegions={open} />
        </Show>
        <p class={`muted small ${styles['told']}`}>
          <Show when={bins()} fallback="Counting…">
            <Show when={grid().total > 0} fallback="No face matches.">
              <Show when={worst()} fallback={`All ${thin()?.core ?? '–'} core bins have enough.`}>
                {(run) => (
                  <>
                    <Icon name="problem" size={14} /> Thinnest: {formatRegion(run().region)}, {formatCount(run().have)}{' '}
                    of {formatCount(run().want)}
                  </>
                )}
              </Show>
            </Show>
          </Show>
        </p>
      </div>
    </section>
  );
}

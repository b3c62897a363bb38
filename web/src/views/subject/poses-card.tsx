/** The pose matrix of a subject, with the bin that is looked at, and the thin bins. */
import { useNavigate } from '@solidjs/router';
import { createMemo, createSignal, Show } from 'solid-js';
import { filterQuery } from '../../queries/address/filter-url.ts';
import { emptyAssetFilter } from '../../queries/asset-filter.ts';
import { withRegions } from '../../queries/query/pose-regions.ts';
import type { PoseRegion } from '../../queries/query/query-keys.ts';
import type { SubjectCountsRow, SubjectDetailRow } from '../../queries/subjects.ts';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { formatCount } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { chosenCoverage } from '../../ui/poses/coverage-choice.ts';
import { CoverageFields } from '../../ui/poses/coverage-fields.tsx';
import { createPoseBins } from '../../ui/poses/create-pose-bins.ts';
import { ModeButtons } from '../../ui/poses/mode-buttons.tsx';
import { type Bin, describeRegion, PoseGrid } from '../../ui/poses/pose-grid.ts';
import { PoseMatrix } from '../../ui/poses/pose-matrix.tsx';
import { describeBins, type PoseMode } from '../../ui/poses/pose-scale.ts';
import { PoseTable } from '../../ui/poses/pose-table.tsx';
import { thinBins } from '../../ui/poses/thin-bins.ts';
import { ThinList } from '../../ui/poses/thin-list.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { PoseCompare } from '../workspace/poses/pose-compare.tsx';
import styles from './subject-page.module.css';

export function PosesCard(props: { subject: SubjectDetailRow; counts: SubjectCountsRow | null }) {
  const { replica } = useReplica();
  const navigate = useNavigate();
  const [mode, setMode] = createSignal<PoseMode>('count');
  const [asTable, setAsTable] = createSignal(false);
  const [bin, setBin] = createSignal<Bin | null>(null);
  const bins = createPoseBins(replica, () => ({
    scope: { kind: 'subject', id: props.subject.id },
    pose: { degrees: 10, sharpness: mode() === 'sharpness' || asTable() },
  }));
  const grid = createMemo(() => new PoseGrid(10, bins()));
  const thin = createMemo(() => thinBins(grid(), chosenCoverage()));
  let matrix: HTMLElement | undefined;
  createShortcuts({ poses: () => !asTable() && matrix?.focus() });
  function open(regions: readonly PoseRegion[]): void {
    if (regions.length === 0) return;
    navigate(
      `/subjects/${props.subject.id}/assets${filterQuery({ ...emptyAssetFilter, text: withRegions('', regions) })}`,
    );
  }
  return (
    <section class="card" aria-label="Pose coverage">
      <header>
        <h2>Pose coverage</h2>
        <span class="muted small">
          {formatCount(props.counts?.posed_count ?? null)} of {formatCount(props.counts?.asset_count ?? null)} have a
          pose
        </span>
        <span class={`end ${styles['line']}`}>
          <ModeButtons mode={mode()} onMode={setMode} />
          <button
            type="button"
            class="button quiet small"
            aria-pressed={asTable()}
            onClick={() => setAsTable((before) => !before)}
          >
            {asTable() ? 'Show as map' : 'Show as table'}
          </button>
        </span>
      </header>
      <div class={styles['poses']}>
        <Show
          when={asTable()}
          fallback={
            <PoseMatrix
              ref={(element) => {
                matrix = element;
              }}
              grid={grid()}
              mode={mode()}
              thin={thin()?.bins.map(({ region }) => region) ?? []}
              regions={[]}
              onRegions={open}
              onBin={setBin}
            />
          }
        >
          <PoseTable grid={grid()} regions={[]} onRegions={open} />
        </Show>
        <div class={styles['beside']}>
          <p class="small">
            <Show
              when={bin()}
              fallback={
                <span class="muted">
                  Point at a bin to read it. Click it or drag to open its pictures. <kbd>Y</kbd> goes to the matrix.
                </span>
              }
            >
              {(at) => (
                <>
                  <span class="muted">{describeRegion(grid().regionOf(at()))}</span>
                  <br />
                  {describeBins(grid(), [at()])}
                </>
              )}
            </Show>
          </p>
          <Show when={thin()}>
            {(found) => (
              <div class={`note ${found().bins.length > 0 ? 'warning' : ''} ${styles['thin']}`}>
                <Icon name={found().bins.length > 0 ? 'problem' : 'check'} size={14} />
                <div>
                  <b>
                    {found().bins.length > 0
                      ? `${formatCount(found().bins.length)} of ${found().core} core bins are thin`
                      : `All ${found().core} core bins are covered`}
                  </b>
                  <Show when={found().bins.length > 0}>
                    <div class="small">Fewer than {formatCount(found().below)} faces</div>
                    <ThinList thin={found()} onShow={(region) => open([region])} />
                  </Show>
                </div>
              </div>
            )}
          </Show>
          <CoverageFields />
        </div>
      </div>
      <PoseCompare
        scope={{ kind: 'subject', id: props.subject.id }}
        projectId={props.subject.project_id}
        grid={grid()}
        filtered={false}
      />
    </section>
  );
}

/** The pose matrix beside the list, with its regions, the thin bins, and a comparison. */
import { createMemo, createUniqueId, For, Show } from 'solid-js';
import { readRegions, withRegions } from '../../../queries/query/pose-regions.ts';
import type { PoseRegion } from '../../../queries/query/query-keys.ts';
import type { PoseBins, Scope } from '../../../replica/model/mirror-questions.ts';
import { formatCount, formatCountOf } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { chosenCoverage } from '../../../ui/poses/coverage-choice.ts';
import { CoverageFields } from '../../../ui/poses/coverage-fields.tsx';
import { ModeButtons } from '../../../ui/poses/mode-buttons.tsx';
import { describeRegion, PoseGrid } from '../../../ui/poses/pose-grid.ts';
import { PoseMatrix } from '../../../ui/poses/pose-matrix.tsx';
import { PoseTable } from '../../../ui/poses/pose-table.tsx';
import { thinBins } from '../../../ui/poses/thin-bins.ts';
import { ThinList } from '../../../ui/poses/thin-list.tsx';
import { type PoseView, poseWidths } from './create-pose-view.ts';
import { PoseCompare } from './pose-compare.tsx';
import styles from './pose-dock.module.css';

export function PoseDock(props: {
  ref: (element: HTMLElement) => void;
  view: PoseView;
  /** The mirror's bins for the list; null: not counted yet. */
  bins: PoseBins<string> | null;
  scope: Scope;
  /** The project that holds the whole scope; null: it may reach into several. */
  projectId: string | null;
  /** The query's text, which has the regions. */
  text: string;
  onText: (text: string) => void;
  /** Returns the focus to the list. */
  onLeave: () => void;
  onClose: () => void;
}) {
  const grid = createMemo(() => new PoseGrid(props.view.degrees(), props.bins));
  const thin = createMemo(() => thinBins(grid(), chosenCoverage()));
  const regions = createMemo(() => readRegions(props.text));
  const select = (next: readonly PoseRegion[]) => props.onText(withRegions(props.text, next));
  return (
    <aside class={styles['dock']} aria-label="Poses">
      <header class={styles['header']}>
        <h2>Poses</h2>
        <span class="muted">{props.bins ? formatCountOf(grid().total, 'face') : 'Counting…'}</span>
        <span class={styles['space']} />
        <button
          type="button"
          class="button quiet small"
          aria-pressed={props.view.asTable()}
          onClick={() => props.view.setAsTable((before) => !before)}
        >
          {props.view.asTable() ? 'Show as map' : 'Show as table'}
        </button>
        <button
          type="button"
          class="button quiet small icon"
          aria-label="Close the poses"
          onClick={() => props.onClose()}
        >
          <Icon name="close" size={14} />
        </button>
      </header>
      <div class={styles['bar']}>
        <ModeButtons mode={props.view.mode()} onMode={props.view.setMode} />
        <fieldset class="segmented">
          <legend class="visually-hidden">Width of a bin</legend>
          <For each={poseWidths}>
            {(degrees) => (
              <button
                type="button"
                aria-pressed={props.view.degrees() === degrees}
                onClick={() => props.view.setDegrees(degrees)}
              >
                {degrees}°
              </button>
            )}
          </For>
        </fieldset>
      </div>
      <Show when={props.bins && grid().known && grid().total === 0}>
        <p class={styles['none']}>No asset that matches has a pose. Poses come with aligned faces that carry them.</p>
      </Show>
      <div class={styles['map']}>
        <Show
          when={props.view.asTable()}
          fallback={
            <PoseMatrix
              ref={props.ref}
              grid={grid()}
              mode={props.view.mode()}
              thin={thin()?.bins.map(({ region }) => region) ?? []}
              regions={regions()}
              onRegions={select}
              onZoom={props.view.zoom}
              onLeave={props.onLeave}
            />
          }
        >
          <PoseTable grid={grid()} regions={regions()} onRegions={select} />
        </Show>
      </div>
      <Regions grid={grid()} regions={regions()} onRegions={select} />
      <Thin grid={grid()} onRegions={select} />
      <PoseCompare
        scope={props.scope}
        projectId={props.projectId}
        grid={grid()}
        filtered={withRegions(props.text, []) !== ''}
      />
    </aside>
  );
}

function Regions(props: {
  grid: PoseGrid;
  regions: readonly PoseRegion[];
  onRegions: (regions: PoseRegion[]) => void;
}) {
  return (
    <section class={styles['section']} aria-label="Regions">
      <Show
        when={props.regions.length > 0}
        fallback={
          <p class="muted">
            Drag to select. <kbd>Shift</kbd> adds a region, <kbd>Alt</kbd> removes one.
          </p>
        }
      >
        <header>
          <h3>{props.regions.length === 1 ? 'Region' : 'Regions'}</h3>
          <button type="button" class="button quiet small end" onClick={() => props.onRegions([])}>
            Clear <kbd>Esc</kbd>
          </button>
        </header>
        <For each={props.regions}>
          {(region) => (
            <div class={styles['line']}>
              <span>{describeRegion(region)}</span>
              <b>{formatCount(props.grid.countIn(region))}</b>
              <button
                type="button"
                class="button quiet small icon"
                aria-label={`Remove ${describeRegion(region)}`}
                onClick={() => props.onRegions(props.regions.filter((one) => one !== region))}
              >
                <Icon name="close" size={12} />
              </button>
            </div>
          )}
        </For>
      </Show>
    </section>
  );
}

function Thin(props: { grid: PoseGrid; onRegions: (regions: PoseRegion[]) => void }) {
  const titleId = createUniqueId();
  const thin = createMemo(() => thinBins(props.grid, chosenCoverage()));
  return (
    <Show when={thin()}>
      {(found) => (
        <section
          class={styles['section']}
          classList={{ [styles['warning'] ?? '']: found().bins.length > 0 }}
          aria-labelledby={titleId}
        >
          <header>
            <h3 id={titleId}>
              <Icon name={found().bins.length > 0 ? 'problem' : 'check'} size={14} />
              {found().bins.length > 0
                ? `${formatCount(found().bins.length)} of ${found().core} core bins are thin`
                : `All ${found().core} core bins are covered`}
            </h3>
            <span class="muted small end">below {formatCount(found().below)}</span>
          </header>
          <ThinList thin={found()} onShow={(region) => props.onRegions([region])} />
          <div class={styles['fields']}>
            <CoverageFields />
          </div>
        </section>
      )}
    </Show>
  );
}

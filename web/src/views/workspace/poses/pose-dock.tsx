/** The pose matrix beside the list, with its regions and a table of the same counts. */
import { createMemo, createSignal, For, Show } from 'solid-js';
import { readRegions, withRegions } from '../../../queries/query/pose-regions.ts';
import type { PoseRegion } from '../../../queries/query/query-keys.ts';
import type { PoseDegrees } from '../../../replica/model/mirror-questions.ts';
import { formatCount } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { describeRegion, formatAngle, PoseGrid } from './pose-grid.ts';
import styles from './pose-matrix.module.css';
import { PoseMatrix } from './pose-matrix.tsx';

const WIDTHS: readonly PoseDegrees[] = [10, 5, 2.5];

export function PoseDock(props: {
  ref: (element: HTMLElement) => void;
  /** The mirror's counts; null: not counted yet. */
  counts: Uint32Array | null;
  degrees: PoseDegrees;
  /** The query's text, which has the regions. */
  text: string;
  onDegrees: (degrees: PoseDegrees) => void;
  onText: (text: string) => void;
  /** Returns the focus to the list. */
  onLeave: () => void;
  onClose: () => void;
}) {
  const [asTable, setAsTable] = createSignal(false);
  const grid = createMemo(() => new PoseGrid(props.degrees, props.counts));
  const regions = createMemo(() => readRegions(props.text));
  const select = (next: readonly PoseRegion[]) => props.onText(withRegions(props.text, next));
  return (
    <aside class={styles['dock']} aria-label="Poses">
      <header class={styles['header']}>
        <h2>Poses</h2>
        <span class="muted">{props.counts ? `${formatCount(grid().total)} faces` : 'Counting…'}</span>
        <span class={styles['space']} />
        <button
          type="button"
          class="button quiet"
          aria-pressed={asTable()}
          onClick={() => setAsTable((before) => !before)}
        >
          {asTable() ? 'Show as map' : 'Show as table'}
        </button>
        <button type="button" class="button quiet icon" aria-label="Close the poses" onClick={() => props.onClose()}>
          <Icon name="close" size={14} />
        </button>
      </header>
      <fieldset class={styles['widths']}>
        <legend class="visually-hidden">Width of a bin</legend>
        <For each={WIDTHS}>
          {(degrees) => (
            <button
              type="button"
              class="button"
              aria-pressed={props.degrees === degrees}
              onClick={() => props.onDegrees(degrees)}
            >
              {degrees}°
            </button>
          )}
        </For>
      </fieldset>
      <Show when={props.counts && grid().total === 0}>
        <p class={styles['none']}>No asset that matches has a pose. Poses come with aligned faces that carry them.</p>
      </Show>
      <Show
        when={asTable()}
        fallback={
          <PoseMatrix ref={props.ref} grid={grid()} regions={regions()} onRegions={select} onLeave={props.onLeave} />
        }
      >
        <PoseTable grid={grid()} />
      </Show>
      <section class={styles['regions']} aria-label="Regions">
        <Show
          when={regions().length > 0}
          fallback={
            <p class="muted">
              Drag to select. <kbd>Shift</kbd> adds a region, <kbd>Alt</kbd> removes one.
            </p>
          }
        >
          <For each={regions()}>
            {(region) => (
              <div class={styles['line']}>
                <span>{describeRegion(region)}</span>
                <b>{formatCount(grid().countIn(region))}</b>
                <button
                  type="button"
                  class="button quiet icon"
                  aria-label={`Remove ${describeRegion(region)}`}
                  onClick={() => select(regions().filter((one) => one !== region))}
                >
                  <Icon name="close" size={12} />
                </button>
              </div>
            )}
          </For>
          <button type="button" class="button quiet" onClick={() => select([])}>
            Clear <kbd>Esc</kbd>
          </button>
        </Show>
      </section>
    </aside>
  );
}

/** The bins that have faces, for people who do not see the map. */
function PoseTable(props: { grid: PoseGrid }) {
  const rows = createMemo(() => {
    const { grid } = props;
    const found: { yaw: string; pitch: string; count: number }[] = [];
    for (let y = grid.lines - 1; y >= 0; y--) {
      for (let x = 0; x < grid.columns; x++) {
        const count = grid.countAt({ x, y });
        const { yaw, pitch } = grid.regionOf({ x, y });
        if (count > 0)
          found.push({ yaw: yaw.map(formatAngle).join(' to '), pitch: pitch.map(formatAngle).join(' to '), count });
      }
    }
    return found;
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys.
    <section class={styles['table']} tabIndex="0" aria-label="Poses as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">Yaw</th>
            <th scope="col">Pitch</th>
            <th scope="col">Faces</th>
          </tr>
        </thead>
        <tbody>
          <For each={rows()}>
            {(row) => (
              <tr>
                <td>{row.yaw}</td>
                <td>{row.pitch}</td>
                <td>{formatCount(row.count)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  );
}

/** The thin bins of the core, each with a button that shows the pictures around it. */
import { createSignal, For, Show } from 'solid-js';
import type { PoseRegion } from '../../queries/query/query-keys.ts';
import { formatCount } from '../format.ts';
import { describeRegion } from './pose-grid.ts';
import styles from './pose-matrix.module.css';
import { formatRegion, neighboursOf, type ThinBins } from './thin-bins.ts';

const SHOWN = 6;

export function ThinList(props: { thin: ThinBins; onShow: (region: PoseRegion) => void }) {
  const [all, setAll] = createSignal(false);
  return (
    <ul class={styles['thin']}>
      <For each={all() ? props.thin.bins : props.thin.bins.slice(0, SHOWN)}>
        {({ region, count }) => (
          <li>
            <span>{formatRegion(region)}</span>
            <b>{formatCount(count)}</b>
            <button
              type="button"
              class="button quiet small"
              aria-label={`Show the faces around ${describeRegion(region)}`}
              title="Show the faces of this bin and those around it"
              onClick={() => props.onShow(neighboursOf(region))}
            >
              Show
            </button>
          </li>
        )}
      </For>
      <Show when={!all() && props.thin.bins.length > SHOWN}>
        <li>
          <button type="button" class="button quiet small" onClick={() => setAll(true)}>
            Show all {formatCount(props.thin.bins.length)}
          </button>
        </li>
      </Show>
    </ul>
  );
}

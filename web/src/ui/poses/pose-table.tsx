/** The bins that have faces as a table, with the same selection, for people who do not see the map. */
import { createMemo, For, Show } from 'solid-js';
import type { PoseRegion } from '../../queries/query/query-keys.ts';
import { formatCount } from '../format.ts';
import { type Bin, describeRegion, formatAngle, type PoseGrid } from './pose-grid.ts';
import styles from './pose-matrix.module.css';
import { approvedShare, formatSharpness } from './pose-scale.ts';

export function PoseTable(props: {
  grid: PoseGrid;
  regions: readonly PoseRegion[];
  onRegions: (regions: PoseRegion[]) => void;
}) {
  const bins = createMemo(() => props.grid.bins().filter((bin) => props.grid.countAt(bin) > 0));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys.
    <section class={styles['table']} tabIndex="0" aria-label="Poses as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">Selected</span>
            </th>
            <th scope="col">Yaw</th>
            <th scope="col">Pitch</th>
            <th scope="col">Faces</th>
            <th scope="col">Approved</th>
            <Show when={props.grid.hasSharpness}>
              <th scope="col">Sharpness</th>
            </Show>
          </tr>
        </thead>
        <tbody>
          <For each={bins()}>{(bin) => <BinRow bin={bin} {...props} />}</For>
        </tbody>
      </table>
    </section>
  );
}

function BinRow(props: {
  bin: Bin;
  grid: PoseGrid;
  regions: readonly PoseRegion[];
  onRegions: (regions: PoseRegion[]) => void;
}) {
  const region = () => props.grid.regionOf(props.bin);
  const isIn = (one: PoseRegion) => covers(one, region());
  const approved = () => {
    const share = approvedShare(props.grid, props.bin);
    return share === null ? '–' : `${Math.round(share * 100)}%`;
  };
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={describeRegion(region())}
          checked={props.regions.some(isIn)}
          onChange={(event) =>
            props.onRegions(
              event.currentTarget.checked ? [...props.regions, region()] : props.regions.filter((one) => !isIn(one)),
            )
          }
        />
      </td>
      <td>{region().yaw.map(formatAngle).join(' to ')}</td>
      <td>{region().pitch.map(formatAngle).join(' to ')}</td>
      <td>{formatCount(props.grid.countAt(props.bin))}</td>
      <td>{approved()}</td>
      <Show when={props.grid.hasSharpness}>
        <td>{formatSharpness(props.grid.sharpnessAt(props.bin))}</td>
      </Show>
    </tr>
  );
}

function covers(one: PoseRegion, other: PoseRegion): boolean {
  return (['yaw', 'pitch'] as const).every(
    (angle) => one[angle][0] <= other[angle][0] && other[angle][1] <= one[angle][1],
  );
}

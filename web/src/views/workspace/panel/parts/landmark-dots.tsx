/** A face's landmarks as dots over a picture. */
import { For } from 'solid-js';
import styles from '../asset-panel.module.css';

/** @param props.pixel the size of a CSS pixel among those of the picture. */
export function LandmarkDots(props: {
  readonly points: readonly (readonly [number, number])[];
  readonly pixel: number;
}) {
  return (
    <g class={styles['landmarks']}>
      <For each={props.points}>
        {(point) => <circle cx={point[0]} cy={point[1]} r={1.8 * props.pixel} stroke-width={0.8 * props.pixel} />}
      </For>
    </g>
  );
}

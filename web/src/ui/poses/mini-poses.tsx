/** A thumbnail of a pose matrix, one pixel for each bin of 10 degrees. Its numbers stand beside it. */
import { createEffect } from 'solid-js';
import { currentTheme } from '../theme.ts';
import { drawPoses } from './draw-poses.ts';
import type { PoseGrid } from './pose-grid.ts';
import styles from './pose-matrix.module.css';
import { poseScale } from './pose-scale.ts';

export function MiniPoses(props: { grid: PoseGrid }) {
  let canvas!: HTMLCanvasElement;
  createEffect(() => {
    currentTheme();
    drawPoses(canvas, props.grid, poseScale(props.grid, 'count').stepOf);
  });
  return (
    <span aria-hidden="true">
      <canvas ref={canvas} class={styles['mini']} width={props.grid.columns} height={props.grid.lines} />
    </span>
  );
}

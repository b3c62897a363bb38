/** Draws where a crop was cut from, and its landmarks, over the source's picture. */
import type { FaceDetails } from '@ingesthub/schema/library/asset-details.ts';
import { Show } from 'solid-js';
import { LandmarkDots } from '../parts/landmark-dots.tsx';
import styles from './source-view.module.css';

/** @param props.pixel the size of a CSS pixel among those of the picture. */
export function SourceRectangle(props: {
  readonly face: FaceDetails;
  readonly pixel: number;
  readonly landmarks: boolean;
}) {
  return (
    <>
      <Show when={props.face.source_rect}>
        {(rect) => (
          <rect
            class={styles['rectangle']}
            x={rect()[0]}
            y={rect()[1]}
            width={rect()[2] - rect()[0]}
            height={rect()[3] - rect()[1]}
            stroke-width={2 * props.pixel}
          />
        )}
      </Show>
      <Show when={props.landmarks && props.face.landmarks_in === 'source' && props.face.landmarks}>
        {(points) => <LandmarkDots points={points()} pixel={props.pixel} />}
      </Show>
    </>
  );
}

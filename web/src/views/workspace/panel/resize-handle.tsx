/** The panel's edge, to drag or to move with the arrow keys. */
import { createSignal } from 'solid-js';
import styles from './asset-panel.module.css';
import { clampWidth, LEAST_WIDTH, MOST_WIDTH } from './panel-width.ts';

const STEP = 16;

export function ResizeHandle(props: { readonly width: number; readonly onWidth: (width: number) => void }) {
  const [from, setFrom] = createSignal<{ readonly x: number; readonly width: number } | null>(null);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      class={styles['handle']}
      role="separator"
      tabIndex="0"
      aria-label="Width of the asset panel"
      aria-orientation="vertical"
      aria-valuenow={props.width}
      aria-valuemin={LEAST_WIDTH}
      aria-valuemax={MOST_WIDTH}
      data-dragging={from() !== null}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom({ x: event.clientX, width: props.width });
      }}
      onPointerMove={(event) => {
        const start = from();
        if (start !== null) props.onWidth(clampWidth(start.width + start.x - event.clientX));
      }}
      onPointerUp={() => setFrom(null)}
      onPointerCancel={() => setFrom(null)}
      onDblClick={() => props.onWidth(336)}
      onKeyDown={(event) => {
        const wanted = {
          ArrowLeft: props.width + STEP,
          ArrowRight: props.width - STEP,
          Home: MOST_WIDTH,
          End: LEAST_WIDTH,
        }[event.key];
        if (wanted === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        props.onWidth(clampWidth(wanted));
      }}
    />
  );
}

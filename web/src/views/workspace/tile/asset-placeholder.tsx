/** A blurred placeholder drawn from the asset's ThumbHash: shown at once, without a request. */
import { createEffect, onCleanup } from 'solid-js';
import { thumbHashToRGBA } from 'thumbhash';
import styles from './asset-tile.module.css';
import { drawSoon, dropDrawing } from './draw-queue.ts';

export function AssetPlaceholder(props: {
  hash: Uint8Array;
  hidden: boolean;
  /** Whether the list is scrolling fast: a new placeholder is then not worth drawing. */
  fast: boolean;
}) {
  let canvas!: HTMLCanvasElement;
  let drawn: Uint8Array | null = null;
  createEffect(() => {
    const { hash, hidden, fast } = props;
    // Otherwise the canvas would still show the previous asset.
    canvas.style.visibility = drawn === hash && !hidden ? '' : 'hidden';
    if (hidden || fast || drawn === hash) return dropDrawing('placeholder', canvas);
    drawSoon('placeholder', canvas, () => {
      draw(canvas, hash);
      drawn = hash;
      canvas.style.visibility = '';
    });
  });
  onCleanup(() => dropDrawing('placeholder', canvas));
  return <canvas ref={canvas} class={styles['hash']} />;
}

function draw(canvas: HTMLCanvasElement, hash: Uint8Array): void {
  const { w, h, rgba } = thumbHashToRGBA(hash);
  canvas.width = w;
  canvas.height = h;
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), w, h), 0, 0);
}

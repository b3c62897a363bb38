/** A blurred idea of a picture, drawn from the asset's ThumbHash: there at once, without a request. */
import { createEffect, onCleanup } from 'solid-js';
import { thumbHashToRGBA } from 'thumbhash';
import styles from './asset-tile.module.css';
import { drawSoon, dropDrawing } from './draw-queue.ts';

export function AssetPlaceholder(props: { hash: Uint8Array; hidden: boolean }) {
  let canvas!: HTMLCanvasElement;
  createEffect(() => {
    const { hash, hidden } = props;
    // It still shows the asset before.
    canvas.style.visibility = 'hidden';
    if (hidden) dropDrawing(canvas);
    else drawSoon(canvas, () => draw(canvas, hash));
  });
  onCleanup(() => dropDrawing(canvas));
  return <canvas ref={canvas} class={styles['hash']} />;
}

function draw(canvas: HTMLCanvasElement, hash: Uint8Array): void {
  const { w, h, rgba } = thumbHashToRGBA(hash);
  canvas.width = w;
  canvas.height = h;
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), w, h), 0, 0);
  canvas.style.visibility = '';
}

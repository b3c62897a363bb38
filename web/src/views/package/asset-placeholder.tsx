/** A blurred idea of a picture, drawn from the asset's ThumbHash: there at once, without a request. */
import { createEffect } from 'solid-js';
import { thumbHashToRGBA } from 'thumbhash';
import styles from './asset-tile.module.css';

export function AssetPlaceholder(props: { hash: Uint8Array; hidden: boolean }) {
  let canvas!: HTMLCanvasElement;
  createEffect(() => draw(canvas, props.hash));
  return <canvas ref={canvas} class={styles['hash']} classList={{ [styles['hidden'] ?? '']: props.hidden }} />;
}

function draw(canvas: HTMLCanvasElement, hash: Uint8Array): void {
  const { w, h, rgba } = thumbHashToRGBA(hash);
  canvas.width = w;
  canvas.height = h;
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), w, h), 0, 0);
}

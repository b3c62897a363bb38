/** A sound's waveform, drawn on a canvas when its points have come. */
import { createEffect, onCleanup } from 'solid-js';
import styles from './asset-tile.module.css';
import { drawSoon, dropDrawing } from './draw-queue.ts';
import { readWaveform } from './read-waveform.ts';
import { waveformBars } from './waveform-bars.ts';

/** Pixels of the canvas, which is scaled to the tile. */
const WIDTH = 320;
const HEIGHT = 180;
const BARS = 64;

export function AssetWaveform(props: {
  address: string;
  /** Whether the list is scrolling fast: a new waveform is then not worth reading. */
  fast: boolean;
  /** Tells which waveform the canvas shows; null: none. */
  onDrawn: (address: string | null) => void;
}) {
  let canvas!: HTMLCanvasElement;
  let drawn: string | null = null;
  createEffect(() => {
    const { address, fast } = props;
    canvas.style.visibility = drawn === address ? '' : 'hidden';
    if (fast || drawn === address) return;
    let left = false;
    onCleanup(() => {
      left = true;
      dropDrawing('placeholder', canvas);
    });
    void readWaveform(address).then((data) => {
      if (left || data === null) return;
      drawSoon('placeholder', canvas, () => {
        draw(canvas, waveformBars(data, BARS));
        drawn = address;
        canvas.style.visibility = '';
        props.onDrawn(address);
      });
    });
  });
  return <canvas ref={canvas} class={styles['waveform']} width={WIDTH} height={HEIGHT} />;
}

function draw(canvas: HTMLCanvasElement, bars: readonly number[]): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = getComputedStyle(canvas).color;
  const width = WIDTH / bars.length;
  for (const [place, bar] of bars.entries()) {
    const height = Math.max(2, bar * HEIGHT * 0.7);
    context.fillRect(place * width, (HEIGHT - height) / 2, Math.max(1, width - 2), height);
  }
}

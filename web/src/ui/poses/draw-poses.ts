/** Draws pose matrices on a canvas, in the colours of the theme. */
import type { PoseRegion } from '../../queries/query/query-keys.ts';
import type { PoseDifference } from './pose-difference.ts';
import type { Bin, PoseGrid } from './pose-grid.ts';
import { HEAT_STEPS } from './pose-scale.ts';

/** Draws each bin in the colour of its step. */
export function drawPoses(canvas: HTMLCanvasElement, grid: PoseGrid, stepOf: (bin: Bin) => number): void {
  const style = getComputedStyle(canvas);
  const colours = Array.from({ length: HEAT_STEPS }, (_, step) => style.getPropertyValue(`--heat-${step}`));
  fillBins(canvas, grid, (context, bin) => {
    context.fillStyle = colours[stepOf(bin)] as string;
  });
}

/** Draws a stroke through each thin bin. */
export function drawThin(canvas: HTMLCanvasElement, grid: PoseGrid, thin: readonly PoseRegion[]): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.strokeStyle = getComputedStyle(canvas).getPropertyValue('--warn');
  context.lineWidth = Math.max(1, canvas.width / 420);
  context.beginPath();
  for (const region of thin) {
    const { left, top, width, height } = grid.boxOf(region);
    context.moveTo((left + width * 0.15) * canvas.width, (top + height * 0.85) * canvas.height);
    context.lineTo((left + width * 0.85) * canvas.width, (top + height * 0.15) * canvas.height);
  }
  context.stroke();
}

/** Draws where one has more faces (accent) and where the other one has (orange), stronger the larger the difference. */
export function drawDifference(canvas: HTMLCanvasElement, grid: PoseGrid, difference: PoseDifference): void {
  const style = getComputedStyle(canvas);
  const [more, less, none] = ['--accent', '--other', '--heat-0'].map((name) => style.getPropertyValue(name));
  fillBins(canvas, grid, (context, bin, fill) => {
    context.globalAlpha = 1;
    context.fillStyle = none as string;
    fill();
    const value = difference.at(bin);
    context.globalAlpha = difference.most === 0 ? 0 : Math.sqrt(Math.abs(value) / difference.most);
    context.fillStyle = (value > 0 ? more : less) as string;
  });
}

function fillBins(
  canvas: HTMLCanvasElement,
  grid: PoseGrid,
  paint: (context: CanvasRenderingContext2D, bin: Bin, fill: () => void) => void,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const [width, height] = [canvas.width / grid.columns, canvas.height / grid.lines];
  // Narrow bins touch; wide ones have a line between them.
  const gap = width >= 12 ? Math.max(1, Math.round(canvas.width / 420)) : 0;
  context.globalAlpha = 1;
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (const bin of grid.bins()) {
    const fill = () => context.fillRect(bin.x * width, canvas.height - (bin.y + 1) * height, width - gap, height - gap);
    paint(context, bin, fill);
    fill();
  }
  context.globalAlpha = 1;
}

/** Draws one page of a contact sheet onto a canvas. */
import { fitInside, MARGIN, type SheetLayout } from './sheet-layout.ts';

/** One place of the sheet. */
export interface SheetItem {
  /** Null: there is no picture, for the reason in `why`. */
  readonly picture: HTMLImageElement | null;
  readonly why: string;
  readonly caption: readonly string[];
}

export interface SheetPage {
  readonly items: readonly SheetItem[];
  /** Left and right of the line at the top. */
  readonly header: readonly [string, string];
}

/** Dots for each point: 200 on an inch, as office printers have at least. */
const SCALE = 200 / 72;
const FONT = '"Inter Variable", system-ui, sans-serif';
const INK = '#171717';
const MUTED = '#606060';
const WELL = '#ececec';

/** Returns a canvas with the page; paper is white in both themes. */
export function drawPage(layout: SheetLayout, { items, header }: SheetPage): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(layout.width * SCALE);
  canvas.height = Math.round(layout.height * SCALE);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('this browser has no room to draw the sheet');
  context.scale(SCALE, SCALE);
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, layout.width, layout.height);
  if (layout.headerBaseline !== null) drawHeader(context, layout, header);
  for (const [index, item] of items.entries()) {
    const cell = layout.cells[index];
    if (cell === undefined) break;
    drawItem(context, layout, item, cell);
  }
  return canvas;
}

function drawHeader(
  context: CanvasRenderingContext2D,
  { width, headerBaseline }: SheetLayout,
  [left, right]: readonly [string, string],
): void {
  const y = headerBaseline ?? 0;
  context.font = `9px ${FONT}`;
  const rightWidth = context.measureText(right).width;
  context.fillStyle = MUTED;
  context.fillText(right, width - MARGIN - rightWidth, y);
  context.font = `600 11px ${FONT}`;
  context.fillStyle = INK;
  context.fillText(cut(context, left, width - 2 * MARGIN - rightWidth - 12), MARGIN, y);
}

function drawItem(
  context: CanvasRenderingContext2D,
  { captionSize }: SheetLayout,
  { picture, why, caption }: SheetItem,
  cell: SheetLayout['cells'][number],
): void {
  const { x, y, width, height } = cell.picture;
  context.fillStyle = WELL;
  context.fillRect(x, y, width, height);
  context.font = `${captionSize}px ${FONT}`;
  if (picture === null) {
    context.fillStyle = MUTED;
    context.textAlign = 'center';
    context.fillText(cut(context, why, width - 8), x + width / 2, y + height / 2);
    context.textAlign = 'left';
  } else {
    const box = fitInside({ width: picture.naturalWidth, height: picture.naturalHeight }, cell.picture);
    context.drawImage(picture, box.x, box.y, box.width, box.height);
  }
  for (const [line, text] of caption.entries()) {
    context.fillStyle = line === 0 ? INK : MUTED;
    context.fillText(cut(context, text, width), x, cell.baselines[line] ?? y);
  }
}

/** Returns as much of the text as fits, with an ellipsis in its middle: names differ at their ends. */
function cut(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  const characters = [...text];
  let kept = characters.length - 1;
  const shortened = () =>
    `${characters.slice(0, Math.ceil(kept / 2)).join('')}…${characters.slice(characters.length - Math.floor(kept / 2)).join('')}`;
  while (kept > 1 && context.measureText(shortened()).width > width) kept--;
  return shortened();
}

/** Where everything on a contact sheet stands, in points of a 72nd of an inch. */

/** Width and height of each page, upright. */
export const pageSizes = {
  a4: { label: 'A4', width: 595.28, height: 841.89 },
  a3: { label: 'A3', width: 841.89, height: 1190.55 },
  letter: { label: 'Letter', width: 612, height: 792 },
} as const;
export type PageSize = keyof typeof pageSizes;

export interface SheetOptions {
  readonly page: PageSize;
  readonly landscape: boolean;
  readonly columns: number;
  /** Lines of text below each picture. */
  readonly captionLines: number;
  /** Whether each page begins with a line of text. */
  readonly header: boolean;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Cell {
  readonly picture: Box;
  /** The baseline of each line of the caption. */
  readonly baselines: readonly number[];
}

export interface SheetLayout {
  readonly width: number;
  readonly height: number;
  /** The baseline of the header; null without one. */
  readonly headerBaseline: number | null;
  /** The size of the captions' letters. */
  readonly captionSize: number;
  /** The places of one page, row by row. */
  readonly cells: readonly Cell[];
}

export const MARGIN = 28;
const GAP = 8;
const HEADER = 24;
/** Pictures are of all shapes; a place is a little wider than high. */
const ASPECT = 4 / 3;

export function layOutSheet({ page, landscape, columns, captionLines, header }: SheetOptions): SheetLayout {
  const { width: short, height: long } = pageSizes[page];
  const [width, height] = landscape ? [long, short] : [short, long];
  const top = MARGIN + (header ? HEADER : 0);
  const cellWidth = (width - 2 * MARGIN - (columns - 1) * GAP) / columns;
  const captionSize = Math.max(4, Math.min(8, cellWidth / 16));
  const lineHeight = captionSize * 1.3;
  const captionHeight = captionLines * lineHeight;
  const room = height - top - MARGIN;
  // A single row may have to shrink: a wide place on a low page would not fit.
  const pictureHeight = Math.min(cellWidth / ASPECT, room - captionHeight);
  const rows = Math.max(1, Math.floor((room + GAP) / (pictureHeight + captionHeight + GAP)));
  const cells = Array.from({ length: rows * columns }, (_, index): Cell => {
    const x = MARGIN + (index % columns) * (cellWidth + GAP);
    const y = top + Math.floor(index / columns) * (pictureHeight + captionHeight + GAP);
    return {
      picture: { x, y, width: cellWidth, height: pictureHeight },
      baselines: Array.from(
        { length: captionLines },
        (_, line) => y + pictureHeight + (line + 1) * lineHeight - captionSize * 0.2,
      ),
    };
  });
  return { width, height, headerBaseline: header ? MARGIN + 10 : null, captionSize, cells };
}

/** Returns the largest box of a picture's shape inside another, in its middle. */
export function fitInside(picture: { readonly width: number; readonly height: number }, box: Box): Box {
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}

/** Draws contact sheets of many pictures with their names, for people to look over. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';

export interface SheetPicture {
  /** Path or bytes of the picture; null leaves its place empty. */
  readonly file: string | Buffer | null;
  /** Another picture to its right, for comparison; without it, the picture takes the whole place. */
  readonly beside?: Buffer | null;
  /** Lines of text below the picture. */
  readonly words: readonly string[];
}

export interface SheetLayout {
  readonly columns: number;
  readonly rows: number;
  /** Pixels of a picture's place, without its text. */
  readonly cell: { readonly width: number; readonly height: number };
}

export const THUMBNAILS: SheetLayout = { columns: 10, rows: 6, cell: { width: 180, height: 130 } };
export const SPRITES: SheetLayout = { columns: 5, rows: 4, cell: { width: 380, height: 230 } };
export const PAIRS: SheetLayout = { columns: 5, rows: 7, cell: { width: 364, height: 120 } };

/** Pixels between two compared pictures. */
const GAP = 4;

const LINE = 12;
const LINES = 3;
/** Mean width of a letter in pixels. */
const LETTER = 5.6;

/** Writes as many sheets as needed: `<name>-01.png` and so on. @returns their paths. */
export async function writeContactSheets(
  folder: string,
  sheetName: string,
  pictures: readonly SheetPicture[],
  layout: SheetLayout,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const perSheet = layout.columns * layout.rows;
  const sheets: string[] = [];
  for (let start = 0; start < pictures.length; start += perSheet) {
    const file = path.join(folder, `${sheetName}-${String(sheets.length + 1).padStart(2, '0')}.png`);
    await writeSheet(file, pictures.slice(start, start + perSheet), layout);
    sheets.push(file);
  }
  return sheets;
}

async function writeSheet(file: string, pictures: readonly SheetPicture[], layout: SheetLayout): Promise<void> {
  const { columns, cell } = layout;
  const place = { width: cell.width + 8, height: cell.height + LINE * LINES + 8 };
  const overlays: OverlayOptions[] = [];
  for (const [index, { file, beside, words }] of pictures.entries()) {
    const [left, top] = [(index % columns) * place.width + 4, Math.floor(index / columns) * place.height + 4];
    const half = { ...cell, width: (cell.width - GAP) / 2 };
    const shown =
      beside === undefined
        ? [{ picture: file, x: 0 }]
        : [
            { picture: file, x: 0 },
            { picture: beside, x: half.width + GAP },
          ];
    for (const { picture, x } of shown) {
      const size = beside === undefined ? cell : half;
      if (picture !== null) overlays.push({ input: await fitted(picture, size), left: left + x, top });
    }
    overlays.push({ input: label(words, cell.width), left, top: top + cell.height });
  }
  const rows = Math.ceil(pictures.length / columns);
  const size = { width: columns * place.width, height: rows * place.height };
  await sharp({ create: { ...size, channels: 3, background: '#26324a' } })
    .composite(overlays)
    .png({ palette: true, effort: 1 })
    .toFile(file);
}

function fitted(picture: string | Buffer, cell: SheetLayout['cell']): Promise<Buffer> {
  return sharp(picture)
    .flatten({ background: '#777777' })
    .resize({ ...cell, fit: 'contain', background: '#26324a' })
    .png()
    .toBuffer();
}

function label(words: readonly string[], width: number): Buffer {
  const room = Math.floor(width / LETTER);
  const lines = words.flatMap((line) => wrapped(line, room)).slice(0, LINES);
  const texts = lines
    .map((line, index) => `<text x="0" y="${(index + 1) * LINE - 2}">${escaped(line)}</text>`)
    .join('');
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${LINE * LINES}" font-family="DejaVu Sans" font-size="9" fill="#fff">${texts}</svg>`,
  );
}

function wrapped(line: string, room: number): string[] {
  const letters = [...line];
  return Array.from({ length: Math.ceil(letters.length / room) }, (_, index) =>
    letters.slice(index * room, (index + 1) * room).join(''),
  );
}

/** Escapes text for XML, which has no control characters. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cs}\p{Co}\ufffe\uffff\u202a-\u202e]/gu, '\u00b7')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}

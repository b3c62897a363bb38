/** Makes a contact sheet from the pictures that this device has or can fetch. */
import limitConcurrency from 'p-limit';
import type { ExportRow } from '../../../../queries/export-assets.ts';
import { formatCountOf } from '../../../../ui/format.ts';
import { placeholderText, thumbnailSource } from '../../tile/preview-source.ts';
import { type RowSource, readRows, type Work } from '../rows/read-rows.ts';
import { type Caption, captionLines } from './caption-lines.ts';
import { drawPage, type SheetItem } from './draw-page.ts';
import { layOutSheet, type PageSize, type SheetLayout } from './sheet-layout.ts';
import { createPdf } from './write-pdf.ts';

/** Assets of one sheet: a PDF is held in memory until it is whole. */
const MAX_SHEET_ASSETS = 5000;
/** Pages as PNG: each is a download of its own. */
const MAX_PNG_PAGES = 20;

export interface SheetSettings {
  readonly format: 'pdf' | 'png';
  readonly page: PageSize;
  readonly landscape: boolean;
  readonly columns: number;
  readonly captions: readonly Caption[];
  /** Empty: no header. */
  readonly title: string;
}

export interface Sheet {
  /** A PDF, or a PNG for each page. */
  readonly files: readonly BlobPart[];
  readonly pages: number;
  /** Assets whose picture could not be loaded although they have one. */
  readonly unloaded: number;
  /** Assets that were deleted before they could be read. */
  readonly gone: number;
}

function layoutOf({ page, landscape, columns, captions, title }: SheetSettings): SheetLayout {
  return layOutSheet({ page, landscape, columns, captionLines: captions.length, header: title !== '' });
}

/** Says in a sentence why such a sheet cannot be made; null when it can. */
export function sheetProblem(settings: SheetSettings, assets: number): string | null {
  if (assets > MAX_SHEET_ASSETS)
    return `A contact sheet holds at most ${formatCountOf(MAX_SHEET_ASSETS, 'asset')}. Select fewer, or narrow the filter.`;
  if (settings.format === 'png' && pagesOf(settings, assets) > MAX_PNG_PAGES)
    return `PNG is one file for each page, at most ${MAX_PNG_PAGES}. Choose PDF, or more columns.`;
  return null;
}

export function pagesOf(settings: SheetSettings, assets: number): number {
  return Math.ceil(assets / layoutOf(settings).cells.length);
}

export async function makeSheet(
  source: RowSource,
  ids: readonly string[],
  settings: SheetSettings,
  work: Work,
): Promise<Sheet> {
  const layout = layoutOf(settings);
  const pdf = settings.format === 'pdf' ? await createPdf(settings.title || 'Contact sheet', layout) : null;
  const rows: ExportRow[] = [];
  for await (const window of readRows(source, ids, { signal: work.signal, onProgress: () => {} })) rows.push(...window);
  const pages = Math.ceil(rows.length / layout.cells.length);
  const files: BlobPart[] = [];
  let unloaded = 0;
  for (let page = 0; page < pages; page++) {
    const shown = rows.slice(page * layout.cells.length, (page + 1) * layout.cells.length);
    const items = await loadItems(shown, settings.captions, work.signal);
    unloaded += items.filter(({ picture }, index) => picture === null && hasPicture(shown[index])).length;
    const header = [settings.title, `${formatCountOf(rows.length, 'asset')} · page ${page + 1} of ${pages}`] as const;
    const canvas = drawPage(layout, { items, header });
    const blob = await encode(canvas, pdf === null ? 'image/png' : 'image/jpeg');
    if (pdf === null) files.push(blob);
    else await pdf.add({ jpeg: await blob.arrayBuffer(), captions: items.map(({ caption }) => caption) });
    work.signal.throwIfAborted();
    work.onProgress(Math.min(rows.length, (page + 1) * layout.cells.length));
  }
  if (pdf !== null && pages > 0) files.push(await pdf.finish());
  return { files, pages, unloaded, gone: ids.length - rows.length };
}

function hasPicture(row: ExportRow | undefined): boolean {
  return row !== undefined && thumbnailSource(row) !== null;
}

function loadItems(
  rows: readonly ExportRow[],
  captions: readonly Caption[],
  signal: AbortSignal,
): Promise<SheetItem[]> {
  const limit = limitConcurrency(8);
  return Promise.all(
    rows.map((row) =>
      limit(async (): Promise<SheetItem> => {
        signal.throwIfAborted();
        const address = thumbnailSource(row);
        const picture = address === null ? null : await loadPicture(address);
        const why = address === null ? placeholderText({ ...row, problem: null }) : 'Picture not on this device';
        return { picture, why, caption: captionLines(row, captions) };
      }),
    ),
  );
}

/** Returns null when the picture is neither on this device nor can be fetched. */
function loadPicture(address: string): Promise<HTMLImageElement | null> {
  return new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve(image.naturalWidth > 0 ? image : null);
    image.onerror = () => resolve(null);
    image.src = address;
  });
}

function encode(canvas: HTMLCanvasElement, type: 'image/png' | 'image/jpeg'): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('this device has no memory left for the sheet')) : resolve(blob)),
      type,
      0.88,
    );
  });
}

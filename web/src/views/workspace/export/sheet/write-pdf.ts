/**
 * Writes pages that are pictures into a PDF. @cantoo/pdf-lib is the fork of pdf-lib that is still maintained; it is
 * fetched when the first PDF is made, so that pages do not load it.
 */
import type { SheetLayout } from './sheet-layout.ts';

interface PdfPage {
  readonly jpeg: ArrayBuffer;
  /** The captions of each place, to be found and copied. */
  readonly captions: readonly (readonly string[])[];
}

export interface PdfWriter {
  add(page: PdfPage): Promise<void>;
  finish(): Promise<Uint8Array<ArrayBuffer>>;
}

export async function createPdf(title: string, layout: SheetLayout): Promise<PdfWriter> {
  const { PDFDocument, StandardFonts } = await import('@cantoo/pdf-lib');
  const document = await PDFDocument.create();
  document.setTitle(title);
  document.setCreator('IngestHub');
  const font = await document.embedFont(StandardFonts.Helvetica);
  const writable = (text: string) => {
    try {
      font.encodeText(text);
      return text !== '';
    } catch {
      // The standard fonts have Latin letters only; others are in the picture alone.
      return false;
    }
  };
  return {
    async add({ jpeg, captions }) {
      const page = document.addPage([layout.width, layout.height]);
      page.drawImage(await document.embedJpg(jpeg), { x: 0, y: 0, width: layout.width, height: layout.height });
      for (const [index, lines] of captions.entries()) {
        const cell = layout.cells[index];
        for (const [line, text] of lines.entries()) {
          if (cell === undefined || !writable(text)) continue;
          const y = layout.height - (cell.baselines[line] ?? 0);
          page.drawText(text, { x: cell.picture.x, y, size: layout.captionSize, font, opacity: 0 });
        }
      }
    },
    async finish() {
      return Uint8Array.from(await document.save());
    },
  };
}

/** Writes assets in a text format, in parts of a file. */
import { commonFolder, diskBytes } from './file-lists.ts';
import { type RowSource, readRows, readSourceFolders, type Work } from './rows/read-rows.ts';
import { type TextFormat, textWriter } from './text-formats.ts';

export interface TextExport {
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
  /** Assets that were written. */
  readonly rows: number;
  /** Assets that were deleted before they could be read. */
  readonly gone: number;
  /** Files whose names do not fit on a line. */
  readonly leftOut: number;
  /** The folder that an rsync list is relative to. */
  readonly folder: string;
}

export interface TextExportOptions extends Work {
  readonly format: TextFormat;
  readonly place: (path: string) => string;
  readonly pasteable: boolean;
}

export async function exportText(
  source: RowSource,
  ids: readonly string[],
  { format, place, pasteable, ...work }: TextExportOptions,
): Promise<TextExport> {
  const folder = format === 'rsync' ? commonFolder(await readSourceFolders(source, ids, work.signal)) : '/';
  const writer = textWriter(format, { place, folder, pasteable });
  const parts = [diskBytes(writer.begin)];
  let rows = 0;
  for await (const window of readRows(source, ids, work)) {
    let text = '';
    for (const row of window) {
      text += writer.row(row, rows === 0);
      rows++;
    }
    parts.push(diskBytes(text));
  }
  parts.push(diskBytes(writer.end));
  return { parts, rows, gone: ids.length - rows, leftOut: writer.leftOut(), folder };
}

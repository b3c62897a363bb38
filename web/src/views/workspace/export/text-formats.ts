/** The formats of an export that are text, written row by row. */
import { pasteablePath } from '@ingesthub/schema/paths/stored-path.ts';
import type { ExportRow } from '../../../queries/export-assets.ts';
import { csvLine } from './csv.ts';
import { exportCells, exportColumnNames, exportObject } from './export-columns.ts';
import { fitsOnLine, pathsOf, rsyncLine } from './file-lists.ts';

export type TextFormat = 'csv' | 'json' | 'files' | 'rsync';

export interface WriteOptions {
  /** Turns a path on the server into the one to write. */
  readonly place: (path: string) => string;
  /** The folder that an rsync list is relative to. */
  readonly folder: string;
  /** Whether names that are not text are written for a shell, as the clipboard holds only text. */
  readonly pasteable: boolean;
}

export interface TextWriter {
  readonly begin: string;
  /** Returns the text of one row. @param isFirst whether no row was written before it. */
  row(row: ExportRow, isFirst: boolean): string;
  readonly end: string;
  /** Returns how many files were left out because a line break in their name would make two lines of it. */
  leftOut(): number;
}

/** Returns a writer for one export: it counts what it leaves out. */
export function textWriter(format: TextFormat, options: WriteOptions): TextWriter {
  switch (format) {
    case 'csv':
      return { begin: csvLine(exportColumnNames), row: (row) => csvLine(exportCells(row)), end: '', leftOut: () => 0 };
    case 'json':
      return {
        begin: '[',
        row: (row, isFirst) => `${isFirst ? '' : ','}\n  ${JSON.stringify(exportObject(row))}`,
        end: '\n]\n',
        leftOut: () => 0,
      };
    default:
      return lineWriter(
        (path) => (format === 'rsync' ? rsyncLine(path, options.folder) : options.place(path)),
        options,
      );
  }
}

function lineWriter(lineOf: (path: string) => string, { pasteable }: WriteOptions): TextWriter {
  let leftOut = 0;
  return {
    begin: '',
    row(row) {
      let text = '';
      for (const path of pathsOf(row)) {
        if (!fitsOnLine(path)) leftOut++;
        else text += `${pasteable ? pasteablePath(lineOf(path)) : lineOf(path)}\n`;
      }
      return text;
    },
    end: '',
    leftOut: () => leftOut,
  };
}

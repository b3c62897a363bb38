/** The columns of a table of assets, in their order; JSON has the same names. */
import { serverPath } from '../../../paths/server-path.ts';
import type { ExportRow } from '../../../queries/export-assets.ts';

type Cell = string | number | null;

interface ExportColumn {
  readonly name: string;
  readonly value: (row: ExportRow) => Cell | readonly string[];
}

const same = (name: keyof ExportRow): ExportColumn => ({
  name,
  value: (row) => {
    const value = row[name];
    return value instanceof Date ? value.toISOString() : (value as Cell | readonly string[]);
  },
});

const columns: readonly ExportColumn[] = [
  same('id'),
  same('project'),
  same('package'),
  same('subject'),
  same('name'),
  { name: 'path', value: serverPath },
  same('file_type'),
  same('asset_type'),
  same('camera'),
  same('review_status'),
  same('tags'),
  same('size_bytes'),
  same('modified_at'),
  same('width'),
  same('height'),
  same('duration_seconds'),
  same('first_frame'),
  same('last_frame'),
  same('missing_frames'),
  same('codec'),
  same('frame_rate'),
  same('yaw'),
  same('pitch'),
  same('roll'),
  same('sharpness'),
  { name: 'not_on_disk_since', value: (row) => row.missing_since?.toISOString() ?? null },
  same('picked_up_at'),
  same('picked_up_by'),
  same('problem'),
];

export const exportColumnNames: readonly string[] = columns.map(({ name }) => name);

/** Returns one cell for each column; several tags are separated by a semicolon. */
export function exportCells(row: ExportRow): Cell[] {
  return columns.map(({ value }) => {
    const cell = value(row);
    return typeof cell === 'object' && cell !== null ? cell.join('; ') : (cell as Cell);
  });
}

/** Returns the row as JSON shows it, with its tags as a list. */
export function exportObject(row: ExportRow): Record<string, Cell | readonly string[]> {
  return Object.fromEntries(columns.map(({ name, value }) => [name, value(row)]));
}

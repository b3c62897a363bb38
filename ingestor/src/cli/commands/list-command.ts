/** `ihub list`. */
import type { Sql } from '../../sql/client.ts';
import { listIncoming, listPackages, listProjects, listRuns, listSubjects } from '../../sql/reports.ts';
import type { Command } from '../context/command-context.ts';
import { withDatabase } from '../context/with-database.ts';
import { bytesText, table } from '../terminal/text-table.ts';

type Listed = 'projects' | 'subjects' | 'packages' | 'incoming' | 'runs';
type Row = Readonly<Record<string, unknown>>;

const lists: Readonly<Record<Listed, { read: (sql: Sql) => Promise<Row[]>; none: string }>> = {
  projects: { read: listProjects, none: 'There are no projects yet.' },
  subjects: { read: listSubjects, none: 'There are no subjects yet.' },
  packages: { read: listPackages, none: 'There are no packages yet.' },
  incoming: { read: listIncoming, none: 'No folder is waiting for a decision.' },
  runs: { read: listRuns, none: 'There are no runs yet.' },
};

export const listCommand: Command = async ({ argument }, { output }) => {
  // The table of commands allows no other word.
  const what = argument as Listed;
  const { read, none } = lists[what];
  const rows = await withDatabase((sql) => read(sql));
  // People refer to a run by its id, and to everything else by its name.
  const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== 'id' || what === 'runs');
  const lines = table(
    columns.map((column) => column.replaceAll('_', ' ')),
    rows.map((row) => columns.map((column) => format(column, row[column]))),
  );
  output.result({ [what]: rows }, rows.length === 0 ? [none] : lines);
};

function format(column: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 19).replace('T', ' ');
  if (column === 'size_bytes') return bytesText(Number(value));
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** Reads the assets of an export in windows, so that any number of them can be exported while the app stays quick. */
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import {
  type ExportRow,
  exportRowsQuery,
  type SourceFolderRow,
  sourceFoldersQuery,
} from '../../../../queries/export-assets.ts';

/** Assets per read. */
const WINDOW = 1000;

export interface RowSource {
  query<Row extends object>(statement: Statement): Promise<Row[]>;
}

export interface Work {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/** Yields the rows in the order of the ids, window by window. Deleted assets are left out. @throws the signal's reason. */
export async function* readRows(
  source: RowSource,
  ids: readonly string[],
  { signal, onProgress }: Work,
): AsyncGenerator<ExportRow[]> {
  for (let start = 0; start < ids.length; start += WINDOW) {
    signal.throwIfAborted();
    const window = ids.slice(start, start + WINDOW);
    const rows = new Map((await source.query<ExportRow>(exportRowsQuery(window))).map((row) => [row.id, row]));
    signal.throwIfAborted();
    yield window.flatMap((id) => rows.get(id) ?? []);
    onProgress(Math.min(ids.length, start + WINDOW));
  }
}

/** Returns the folders of the packages that the assets are in, each once. */
export async function readSourceFolders(
  source: RowSource,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const folders = new Set<string>();
  for (let start = 0; start < ids.length; start += 10 * WINDOW) {
    signal.throwIfAborted();
    const rows = await source.query<SourceFolderRow>(sourceFoldersQuery(ids.slice(start, start + 10 * WINDOW)));
    for (const { source_path } of rows) folders.add(source_path);
  }
  return [...folders];
}

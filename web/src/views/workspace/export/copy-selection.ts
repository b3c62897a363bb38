/** Copies the paths of several assets, or one command for all of them, as this computer has their files. */
import { pasteablePath } from '@ingesthub/schema/paths/stored-path.ts';
import { type AssetFile, rvCommand } from '../../../paths/asset-commands.ts';
import { mapPath, pathMappings } from '../../../paths/map-path.ts';
import { serverPath } from '../../../paths/server-path.ts';
import type { ExportRow } from '../../../queries/export-assets.ts';
import { copyText } from '../../../ui/copy-text.ts';
import { formatCountOf } from '../../../ui/format.ts';
import { notify, notifyFailure } from '../../../ui/notices.ts';
import { type RowSource, readRows } from './rows/read-rows.ts';

/** Shells refuse longer commands. */
const MOST_IN_COMMAND = 1000;

export async function copyPaths(source: RowSource, ids: readonly string[]): Promise<void> {
  await copyRows(source, ids, 'path', (rows) => rows.map((row) => pasteablePath(fileOf(row).path)).join('\n'));
}

export async function copyCommands(source: RowSource, ids: readonly string[]): Promise<void> {
  if (ids.length > MOST_IN_COMMAND)
    return notify(`Nothing was copied: a command takes at most ${formatCountOf(MOST_IN_COMMAND, 'asset')}`, {
      kind: 'failed',
    });
  await copyRows(source, ids, 'rv command', (rows) => {
    const command = rvCommand(rows.map(fileOf));
    if (command === null) throw new Error('rv opens neither documents nor unknown files');
    return command;
  });
}

async function copyRows(
  source: RowSource,
  ids: readonly string[],
  what: string,
  write: (rows: readonly ExportRow[]) => string,
): Promise<void> {
  const isPath = what === 'path' && ids.length > 1;
  const said = isPath ? formatCountOf(ids.length, 'path') : `the ${what}`;
  try {
    await copyText(readAll(source, ids).then(write));
    notify(`Copied ${said}`);
  } catch (error) {
    notifyFailure(`Could not copy ${said}`, error);
  }
}

async function readAll(source: RowSource, ids: readonly string[]): Promise<ExportRow[]> {
  const rows: ExportRow[] = [];
  const work = { signal: new AbortController().signal, onProgress: () => {} };
  for await (const window of readRows(source, ids, work)) rows.push(...window);
  return rows;
}

function fileOf(row: ExportRow): AssetFile {
  return { ...row, path: mapPath(serverPath(row), pathMappings()) };
}

/** Captures the state of a folder's files, to verify later that nothing changed them. */
import { lstat, readdir } from 'node:fs/promises';
import { textOfName } from '../../scan/names/path-text.ts';

/** Returns size, times and inode of each file, by its path text within the folder. */
export async function stateOfOriginals(folder: string): Promise<Map<string, string>> {
  const state = new Map<string, string>();
  await look(Buffer.from(folder), '', state);
  return state;
}

async function look(folder: Buffer, within: string, state: Map<string, string>): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' })) {
    const file = Buffer.concat([folder, Buffer.from('/'), entry.name]);
    const relativePath = within + textOfName(entry.name);
    if (entry.isDirectory()) await look(file, `${relativePath}/`, state);
    else {
      const { size, mtimeNs, ctimeNs, ino, mode } = await lstat(file, { bigint: true });
      state.set(relativePath, `${size} bytes, modified ${mtimeNs}, changed ${ctimeNs}, inode ${ino}, mode ${mode}`);
    }
  }
}

/** What the files of a folder are, to see later that nobody has touched them. */
import { lstat, readdir } from 'node:fs/promises';
import { textOfName } from '../../scan/names/path-text.ts';

/** Of each file by its path text within the folder: size, times and place. */
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

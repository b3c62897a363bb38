/** Who may enter the data folder: we alone, for thumbnails and database are the client's pictures and their names. */
import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';

/** What the product keeps in its data folder, beside the database, which sees to itself. */
const FOLDERS = ['log', 'shapes', 'compressed', 'replica-images', 'derivatives', 'demo'];

/** Makes them, and closes those that an earlier version left open. The data folder is made so, but may be one of somebody's own. */
export async function makePrivateFolders(dataDir: string): Promise<void> {
  for (const name of FOLDERS) {
    const folder = path.join(dataDir, name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  }
}

/** Makes the data folder's subfolders private: thumbnails and the database show the client's pictures and names. */
import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';

/** The product's folders in the data folder; the database sets its own permissions. */
const FOLDERS = ['log', 'shapes', 'compressed', 'replica-images', 'derivatives', 'demo'];

/** Creates the folders and closes those an earlier version left open; the data folder itself may be a user's own. */
export async function makePrivateFolders(dataDir: string): Promise<void> {
  for (const name of FOLDERS) {
    const folder = path.join(dataDir, name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  }
}

/** What a folder of the browser's private file system says of the replica in it, before it is opened. */
import { z } from 'zod';
import { UNBUILT_VERSION } from './replica-version.ts';

const storageMarker = z.object({
  /** Of the build that made the replica: replica-version.ts. */
  version: z.string(),
  /** `doubtful`: it did not open; it may the next time. `damaged`: it is to be made anew. */
  state: z.enum(['whole', 'doubtful', 'damaged']),
  /**
   * Set while this version makes the replica; what an older one left is in the journal by then. The state is
   * `damaged` meanwhile, which keeps builds away that do not know this field.
   */
  making: z.boolean().default(false),
});
export type StorageMarker = z.infer<typeof storageMarker>;

const NAME = 'complete';

/** @returns null when there is none: the first replica of this folder was never finished. */
export async function readMarker(folder: FileSystemDirectoryHandle): Promise<StorageMarker | null> {
  const handle = await folder.getFileHandle(NAME).catch(() => null);
  if (handle === null) return null;
  const text = await handle.getFile().then((file) => file.text());
  try {
    return storageMarker.parse(JSON.parse(text));
  } catch {
    return { version: UNBUILT_VERSION, state: 'whole', making: false };
  }
}

export async function writeMarker(folder: FileSystemDirectoryHandle, marker: StorageMarker): Promise<void> {
  const handle = await (await folder.getFileHandle(NAME, { create: true })).createSyncAccessHandle();
  try {
    handle.truncate(0);
    handle.write(new TextEncoder().encode(JSON.stringify(marker)), { at: 0 });
    handle.flush();
  } finally {
    handle.close();
  }
}

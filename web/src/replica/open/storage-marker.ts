/** Reads and writes the file that describes the replica in a folder of the browser's private file system. */
import { z } from 'zod';
import { UNBUILT_VERSION } from './replica-version.ts';

const storageMarker = z.object({
  /** The version of the build that created the replica: replica-version.ts. */
  version: z.string(),
  /** `doubtful`: it failed to open, but may open next time. `damaged`: it must be rebuilt. */
  state: z.enum(['whole', 'doubtful', 'damaged']),
  /**
   * Set while this version rebuilds the replica, once an older version's unsent changes are in the journal. The state
   * is `damaged` meanwhile, which keeps away builds that do not know this field.
   */
  making: z.boolean().default(false),
});
export type StorageMarker = z.infer<typeof storageMarker>;

const NAME = 'complete';

/** @returns null when there is no marker: the folder's first replica was never finished. */
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

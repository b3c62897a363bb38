/** What a folder of the browser's private file system says of the replica in it, before it is opened. */
import { z } from 'zod';
import { UNBUILT_VERSION } from '../replica/replica-version.ts';

const storageMarker = z.object({
  /** Of the build that made the replica: replica-version.ts. */
  version: z.string(),
  /** `doubtful`: it did not open; it may the next time. `damaged`: it is to be made anew. */
  state: z.enum(['whole', 'doubtful', 'damaged']),
});
export type StorageMarker = z.infer<typeof storageMarker>;

const NAME = 'complete';

/** @returns null when there is none: the making of the replica was never finished. */
export async function readMarker(folder: FileSystemDirectoryHandle): Promise<StorageMarker | null> {
  const handle = await folder.getFileHandle(NAME).catch(() => null);
  if (handle === null) return null;
  const text = await handle.getFile().then((file) => file.text());
  try {
    return storageMarker.parse(JSON.parse(text));
  } catch {
    return { version: UNBUILT_VERSION, state: 'whole' };
  }
}

/** @param marker null takes it away. */
export async function writeMarker(folder: FileSystemDirectoryHandle, marker: StorageMarker | null): Promise<void> {
  if (marker === null) {
    await folder.removeEntry(NAME).catch(() => {});
    return;
  }
  const handle = await (await folder.getFileHandle(NAME, { create: true })).createSyncAccessHandle();
  try {
    handle.truncate(0);
    handle.write(new TextEncoder().encode(JSON.stringify(marker)), { at: 0 });
    handle.flush();
  } finally {
    handle.close();
  }
}

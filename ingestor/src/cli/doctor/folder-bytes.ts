import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Files that are asked about at once. */
const BATCH = 64;

/** The bytes of all files below a folder; 0 for one that is not there. @throws the signal's reason */
export async function folderBytes(folder: string, signal: AbortSignal): Promise<number> {
  const entries = await opendir(folder, { recursive: true }).catch(() => null);
  if (entries === null) return 0;
  let sum = 0;
  let batch: string[] = [];
  const flush = async () => {
    // One that is gone meanwhile takes no room.
    const sizes = await Promise.all(
      batch.map((file) =>
        stat(file).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    );
    for (const size of sizes) sum += size;
    batch = [];
  };
  for await (const entry of entries) {
    signal.throwIfAborted();
    if (!entry.isFile()) continue;
    batch.push(path.join(entry.parentPath, entry.name));
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  return sum;
}

import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Files whose size is read at once. */
const BATCH = 64;

/** Adds up the bytes of all files below a folder; 0 for a missing folder. @throws the signal's reason */
export async function folderBytes(folder: string, signal: AbortSignal): Promise<number> {
  const entries = await opendir(folder, { recursive: true }).catch(() => null);
  if (entries === null) return 0;
  let sum = 0;
  let batch: string[] = [];
  const flush = async () => {
    // A file that has disappeared in the meantime counts as 0.
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

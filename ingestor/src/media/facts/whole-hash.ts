/** Hashes every byte of a file, to detect whether it has changed. */
import { createHash } from 'node:crypto';
import { constants, open } from 'node:fs/promises';

/** Bytes of one read: large enough for a network drive, small enough to yield often. */
const CHUNK = 4 * 1024 * 1024;

/**
 * Returns the hex SHA-256 of a file's bytes alone, as `sha256sum` prints it; unlike `assets.content_hash` it covers
 * large files whole, so it takes as long as reading them.
 *
 * @throws the file system's error; the signal's reason when it aborts.
 */
export async function hashWholeFile(file: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  // Never blocks on a pipe or device that replaced the regular file.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const hash = createHash('sha256');
    let [filling, full] = [Buffer.allocUnsafeSlow(CHUNK), Buffer.allocUnsafeSlow(CHUNK)];
    let reading = handle.read(filling, 0, CHUNK, null);
    for (;;) {
      const { bytesRead } = await reading;
      signal.throwIfAborted();
      if (bytesRead === 0) return hash.digest('hex');
      [filling, full] = [full, filling];
      // The next part is read while this one is hashed.
      reading = handle.read(filling, 0, CHUNK, null);
      hash.update(full.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

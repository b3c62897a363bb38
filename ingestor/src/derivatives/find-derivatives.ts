/** Lists files in the derivative folder that are derivatives by name and place, whether or not an asset names them. */
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { isDerivativeKey } from '@ingesthub/schema/library/derivatives.ts';

export interface StoredDerivative {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** When the file was made or last requested by a job, in milliseconds since 1970. */
  readonly usedAt: number;
}

/** Files to stat at once: each call to a NAS takes a while. */
const SIDE_BY_SIDE = 16;

/** Yields one shelf at a time, with a few thousand files at most. @throws the signal's reason */
export async function* findDerivatives(folder: string, signal: AbortSignal): AsyncGenerator<StoredDerivative[]> {
  const shelves = (await readdir(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort();
  for (const shelf of shelves) {
    signal.throwIfAborted();
    const names = await readdir(path.join(folder, shelf)).catch(() => []);
    const keys = names.filter((name) => name.startsWith(shelf) && isDerivativeKey(name));
    const found: StoredDerivative[] = [];
    const waiting = keys.values();
    const look = async () => {
      for (const key of waiting) {
        signal.throwIfAborted();
        const stats = await lstat(path.join(folder, shelf, key)).catch(() => null);
        if (stats?.isFile()) found.push({ key, size: stats.size, usedAt: stats.mtimeMs });
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, look));
    yield found;
  }
}

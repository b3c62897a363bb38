/** What a site keeps on disk, as its profile has it and as the browser tells the page. */
import { glob, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';

export interface StoredBytes {
  /** Blocks of the files that hold it, as `du` counts. */
  readonly onDisk: number;
  /** Null where the browser does not tell. */
  readonly estimate: number | null;
}

/** @param kind of the profile's folders: the origin private file system, or IndexedDB. */
export async function storedBytes(page: Page, profile: string, kind: 'opfs' | 'idb'): Promise<StoredBytes> {
  const pattern = kind === 'opfs' ? 'Default/{File System,Storage/ext}/**' : 'Default/IndexedDB/**';
  let onDisk = 0;
  for await (const name of glob(pattern, { cwd: profile })) {
    const found = await stat(path.join(profile, name)).catch(() => null);
    if (found?.isFile()) onDisk += 512 * found.blocks;
  }
  const estimate = await page.evaluate(async () => {
    const { usage, usageDetails } = (await navigator.storage.estimate()) as StorageEstimate & {
      usageDetails?: { fileSystem?: number; indexedDB?: number };
    };
    return {
      all: usage ?? null,
      fileSystem: usageDetails?.fileSystem ?? null,
      indexedDB: usageDetails?.indexedDB ?? null,
    };
  });
  return { onDisk, estimate: (kind === 'opfs' ? estimate.fileSystem : estimate.indexedDB) ?? estimate.all };
}

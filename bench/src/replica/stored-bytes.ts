/** Measures a site's storage, on disk in its profile and as the browser reports it to the page. */
import { glob, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';

export interface StoredBytes {
  /** Bytes of the files' allocated blocks, counted like `du`. */
  readonly onDisk: number;
  /** Null where the browser reports none. */
  readonly estimate: number | null;
}

/** @param kind the profile folders to count: the origin private file system or IndexedDB. */
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

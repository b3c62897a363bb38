/** Measures the memory and storage that a library takes in an open browser at rest. */
import { setTimeout } from 'node:timers/promises';
import { rendererMemory } from './memory-watch.ts';
import { storedBytes } from './stored-bytes.ts';
import type { Visitor } from './visitor.ts';

/** Sizes in bytes; null where unmeasurable. */
export interface Footprint {
  /** The renderer's private memory. */
  readonly memory: number | null;
  /** Size on disk. */
  readonly storage: number;
  /** Storage as the browser reports it to the page. */
  readonly estimate: number | null;
}

/** Milliseconds for the browser to clean up after a load. */
const REST_MS = 5000;

/** @param kind the storage that the library is in. */
export async function footprint(visitor: Visitor, kind: 'opfs' | 'idb' = 'opfs'): Promise<Footprint> {
  await setTimeout(REST_MS);
  const { onDisk, estimate } = await storedBytes(visitor.page, visitor.profile, kind);
  return { memory: await rendererMemory(visitor.context), storage: onDisk, estimate };
}

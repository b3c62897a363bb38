/** What a library in an open browser takes once the browser is at rest. */
import { setTimeout } from 'node:timers/promises';
import { rendererMemory } from './memory-watch.ts';
import { storedBytes } from './stored-bytes.ts';
import type { Visitor } from './visitor.ts';

/** In bytes; null where it could not be told. */
export interface Footprint {
  /** What the renderer shares with nobody. */
  readonly memory: number | null;
  /** On disk. */
  readonly storage: number;
  /** The same as the browser tells the page. */
  readonly estimate: number | null;
}

/** Milliseconds after which what a load has left behind is cleared up. */
const REST_MS = 5000;

/** @param kind where it is stored. */
export async function footprint(visitor: Visitor, kind: 'opfs' | 'idb' = 'opfs'): Promise<Footprint> {
  await setTimeout(REST_MS);
  const { onDisk, estimate } = await storedBytes(visitor.page, visitor.profile, kind);
  return { memory: await rendererMemory(visitor.context), storage: onDisk, estimate };
}

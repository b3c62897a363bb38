/** What this device's storage holds for the app, in bytes. */
import { z } from 'zod';
import type { ReplicaStatus } from '../replica/replica.ts';
import { keptMovies } from './kept-movies.ts';
import { keptAmount, keptScopes } from './kept-scopes.ts';
import { seenTotals } from './seen-pictures.ts';

export interface DeviceStorageUse {
  /** All the app uses, and may use at most; null: the browser does not say. */
  readonly used: number | null;
  readonly offered: number | null;
  /** Null: the browser does not say. */
  readonly replica: number | null;
  /** Packages and projects. */
  readonly keptScopes: number;
  readonly keptPictures: { readonly pictures: number; readonly bytes: number };
  readonly keptMovies: { readonly count: number; readonly bytes: number };
  readonly seenPictures: { readonly count: number; readonly bytes: number };
  /** The browser never removes it to make room. */
  readonly persisted: boolean;
}

const estimate = z.object({
  usage: z.number().optional(),
  quota: z.number().optional(),
  // Chromium only.
  usageDetails: z.object({ fileSystem: z.number().optional() }).optional(),
});

export async function readDeviceStorage(replicaStorage: ReplicaStatus['storage']): Promise<DeviceStorageUse> {
  const [said, persisted, scopes, pictures, movies, seen] = await Promise.all([
    navigator.storage.estimate().then((answer) => estimate.parse(answer)),
    navigator.storage.persisted(),
    keptScopes(),
    keptAmount(),
    keptMovies(),
    seenTotals(),
  ]);
  return {
    used: said.usage ?? null,
    offered: said.quota ?? null,
    replica: replicaStorage === 'opfs' ? (said.usageDetails?.fileSystem ?? null) : null,
    keptScopes: scopes.length,
    keptPictures: pictures,
    keptMovies: { count: movies.length, bytes: movies.reduce((sum, movie) => sum + movie.bytesHere, 0) },
    seenPictures: seen,
    persisted,
  };
}

/** Bytes that may still be used; null: the browser does not say. */
export function freeBytes({ used, offered }: Pick<DeviceStorageUse, 'used' | 'offered'>): number | null {
  return used === null || offered === null ? null : Math.max(0, offered - used);
}

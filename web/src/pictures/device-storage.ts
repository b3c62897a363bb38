/** Reads how much of this device's storage the app uses, in bytes. */
import { z } from 'zod';
import type { ReplicaStatus } from '../replica/model/replica.ts';
import { keptAmount, keptScopes } from './kept-scopes.ts';
import { keptVideos } from './kept-videos.ts';
import { seenTotals } from './seen-pictures.ts';

export interface DeviceStorageUse {
  /** Bytes that the app uses, and bytes that it may use at most; null when the browser does not report them. */
  readonly used: number | null;
  readonly offered: number | null;
  /** Null when the browser does not report it. */
  readonly replica: number | null;
  /** The number of packages and projects kept offline. */
  readonly keptScopes: number;
  readonly keptPictures: { readonly pictures: number; readonly bytes: number };
  readonly keptVideos: { readonly count: number; readonly bytes: number };
  readonly seenPictures: { readonly count: number; readonly bytes: number };
  /** Whether the browser promises never to delete the data to make room. */
  readonly persisted: boolean;
}

const estimate = z.object({
  usage: z.number().optional(),
  quota: z.number().optional(),
  // Chromium only.
  usageDetails: z.object({ fileSystem: z.number().optional() }).optional(),
});

export async function readDeviceStorage(replicaStorage: ReplicaStatus['storage']): Promise<DeviceStorageUse> {
  const [said, persisted, scopes, pictures, videos, seen] = await Promise.all([
    navigator.storage.estimate().then((answer) => estimate.parse(answer)),
    navigator.storage.persisted(),
    keptScopes(),
    keptAmount(),
    keptVideos(),
    seenTotals(),
  ]);
  return {
    used: said.usage ?? null,
    offered: said.quota ?? null,
    replica: replicaStorage === 'opfs' ? (said.usageDetails?.fileSystem ?? null) : null,
    keptScopes: scopes.length,
    keptPictures: pictures,
    keptVideos: { count: videos.length, bytes: videos.reduce((sum, video) => sum + video.bytesHere, 0) },
    seenPictures: seen,
    persisted,
  };
}

/** Returns the bytes that may still be used; null when the browser does not report them. */
export function freeBytes({ used, offered }: Pick<DeviceStorageUse, 'used' | 'offered'>): number | null {
  return used === null || offered === null ? null : Math.max(0, offered - used);
}

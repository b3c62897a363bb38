/**
 * A workbox plugin that keeps a cache below a number of entries, dropping those that were put in first.
 *
 * Not workbox-expiration: at every hit and every put it walks the records of all entries in IndexedDB,
 * which for tens of thousands of thumbnails costs more than serving them.
 */
import type { WorkboxPlugin } from 'workbox-core';

/** Puts between two looks at the cache's size; it may exceed its bound by as many. */
const PUTS_BETWEEN_TRIMS = 500;

export function boundedCache(maxEntries: number): WorkboxPlugin {
  // A worker is stopped and started all the time, so that it begins with a look.
  let putsUntilTrim = 1;
  return {
    async cacheDidUpdate({ cacheName, event }) {
      putsUntilTrim -= 1;
      if (putsUntilTrim > 0) return;
      putsUntilTrim = PUTS_BETWEEN_TRIMS;
      const trimmed = trim(cacheName, maxEntries);
      event.waitUntil(trimmed);
      await trimmed;
    },
  };
}

async function trim(cacheName: string, maxEntries: number): Promise<void> {
  const cache = await caches.open(cacheName);
  // In the order in which they were put in.
  const requests = await cache.keys();
  for (const request of requests.slice(0, Math.max(0, requests.length - maxEntries))) await cache.delete(request);
}

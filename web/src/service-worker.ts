/**
 * Makes the app open without a network: its own files, and the thumbnails that were seen. Library data
 * is the replica's; `/api`, proxies and originals are never touched here.
 */
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { boundedCache } from './service-worker/bounded-cache.ts';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: Parameters<typeof precacheAndRoute>[0] };

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
// The first visit is served from here already, so that the first pictures are kept. A new version of
// this file waits until the page says so (SKIP_WAITING): it would delete the files the old page runs on.
clientsClaim();
self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting();
});

registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/(api|media)\//] }));

registerRoute(
  // With its version in the address, a thumbnail never changes.
  ({ url, request, sameOrigin }) =>
    sameOrigin &&
    /^\/media\/assets\/[^/]+\/thumbnail$/.test(url.pathname) &&
    url.searchParams.has('v') &&
    !request.headers.has('range'),
  new CacheFirst({
    cacheName: 'thumbnails',
    plugins: [
      { cacheWillUpdate: async ({ response }) => (response.status === 200 ? response : null) },
      boundedCache(20_000),
    ],
  }),
);

/**
 * Makes the app open without a network: its own files, the thumbnails that were seen, and the pictures and films
 * that are kept offline. Library data is the replica's; `/api` is never touched here.
 */
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { isMovie, serveMovie } from './service-worker/serve-movie.ts';
import { isThumbnail, serveThumbnail } from './service-worker/serve-thumbnail.ts';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: Parameters<typeof precacheAndRoute>[0] };

/** https://w3c.github.io/ServiceWorker/#dom-installevent-addroutes */
interface RoutedInstallEvent extends ExtendableEvent {
  addRoutes?(rule: { condition: { urlPattern: URLPatternInit }; source: 'network' }): Promise<void>;
}

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
// The first visit is served from here already, so that the first pictures are kept. A new version of
// this file waits until the page says so (SKIP_WAITING): it would delete the files the old page runs on.
clientsClaim();
self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting();
});

// What is never served from here need not pass through here, where the browser can be told so.
self.addEventListener('install', (event) => {
  const { addRoutes } = event as RoutedInstallEvent;
  const routes = addRoutes?.call(event, { condition: { urlPattern: { pathname: '/api/*' } }, source: 'network' });
  if (routes) event.waitUntil(routes.catch(() => {}));
});

registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/(api|media)\//] }));

registerRoute(isThumbnail, serveThumbnail);
registerRoute(isMovie, serveMovie);

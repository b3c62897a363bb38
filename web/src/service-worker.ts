/**
 * Lets the app open without a network: serves its own files, recently viewed thumbnails, and the pictures and videos
 * that are kept offline. Library data comes from the replica, so `/api` is never handled here.
 */
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { isThumbnail, serveThumbnail } from './service-worker/serve-thumbnail.ts';
import { isVideo, serveVideo } from './service-worker/serve-video.ts';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: Parameters<typeof precacheAndRoute>[0] };

/** https://w3c.github.io/ServiceWorker/#dom-installevent-addroutes */
interface RoutedInstallEvent extends ExtendableEvent {
  addRoutes?(rule: { condition: { urlPattern: URLPatternInit }; source: 'network' }): Promise<void>;
}

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
// Takes over pages from the first visit on, so that their first pictures are kept. A new version of this
// file waits until the page sends SKIP_WAITING: activating it deletes the files that the old page runs on.
clientsClaim();
self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting();
});

// Requests that are never served from here bypass the service worker in browsers with static routing.
self.addEventListener('install', (event) => {
  const { addRoutes } = event as RoutedInstallEvent;
  const routes = addRoutes?.call(event, { condition: { urlPattern: { pathname: '/api/*' } }, source: 'network' });
  if (routes) event.waitUntil(routes.catch(() => {}));
});

registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/(api|media)\//] }));

registerRoute(isThumbnail, serveThumbnail);
registerRoute(isVideo, serveVideo);

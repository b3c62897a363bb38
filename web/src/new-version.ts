/** Registers the service worker, and tells when a new version of the app waits for a reload. */

import { registerSW } from 'virtual:pwa-register';
import { createSignal } from 'solid-js';

const HOUR_MS = 60 * 60 * 1000;
const [newVersionWaits, setNewVersionWaits] = createSignal(false);

export { newVersionWaits };

/** Ends the old version, in every tab, and reloads. */
export let reloadForNewVersion = (): Promise<void> => Promise.resolve();

export function registerServiceWorker(): void {
  reloadForNewVersion = registerSW({
    // Not after the load event: the first pictures should pass through it.
    immediate: true,
    onNeedRefresh: () => setNewVersionWaits(true),
    onRegisteredSW(_url, registration) {
      // The browser looks for a new version when a page opens; this app stays open for days.
      if (registration) setInterval(() => navigator.onLine && void registration.update().catch(() => {}), HOUR_MS);
    },
  });
}

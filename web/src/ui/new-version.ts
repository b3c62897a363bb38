/** Registers the service worker, and signals when a new version of the app is waiting for a reload. */

import { registerSW } from 'virtual:pwa-register';
import { createSignal } from 'solid-js';

const HOUR_MS = 60 * 60 * 1000;
const [newVersionWaits, setNewVersionWaits] = createSignal(false);

export { newVersionWaits };

let update: (() => Promise<void>) | undefined;

/** Activates the new version in every tab, and reloads. */
export async function reloadForNewVersion(): Promise<void> {
  await update?.();
}

export function registerServiceWorker(): void {
  update = registerSW({
    // Before the load event, so that the first pictures already pass through the service worker.
    immediate: true,
    onNeedRefresh: () => setNewVersionWaits(true),
    onRegisteredSW(_url, registration) {
      // The browser checks for a new version only when a page opens, but this app stays open for days.
      if (registration) setInterval(() => navigator.onLine && void registration.update().catch(() => {}), HOUR_MS);
    },
  });
}

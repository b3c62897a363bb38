/** Registers the service worker, and tells when a new version of the app waits for a reload. */

import { registerSW } from 'virtual:pwa-register';
import { createSignal } from 'solid-js';

const HOUR_MS = 60 * 60 * 1000;
const [newVersionWaits, setNewVersionWaits] = createSignal(false);

export { newVersionWaits };

let update: (() => Promise<void>) | undefined;

/** Ends the old version, in every tab, and reloads. */
export async function reloadForNewVersion(): Promise<void> {
  await update?.();
}

export function registerServiceWorker(): void {
  update = registerSW({
    // Not after the load event: the first pictures should pass through it.
    immediate: true,
    onNeedRefresh: () => setNewVersionWaits(true),
    onRegisteredSW(_url, registration) {
      // The browser looks for a new version when a page opens; this app stays open for days.
      if (registration) setInterval(() => navigator.onLine && void registration.update().catch(() => {}), HOUR_MS);
    },
  });
}

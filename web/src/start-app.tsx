/** Starts the app in the browser: its replica, its service worker and its first page. */
import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { keepPictures } from './pictures/keep-pictures.ts';
import { openReplica } from './replica/tabs/open-replica.ts';
import { persistOnChange } from './replica/tabs/persist-on-change.ts';
import type { ReplicaWorker } from './replica/tabs/replica-worker.ts';
import { registerServiceWorker } from './ui/new-version.ts';
import { applyStoredTheme } from './ui/theme.ts';

export function startApp(worker: ReplicaWorker): void {
  applyStoredTheme();
  registerServiceWorker();
  const replica = persistOnChange(openReplica(worker));
  keepPictures(replica);
  // For the browser's console and for tests: ingestHub.replica.query({ text: 'SELECT …', values: [] }).
  Object.assign(globalThis, { ingestHub: { replica } });
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no element with the id root.');
  render(() => <App replica={replica} />, root);
}

/** Starts the app in the browser: its replica, its service worker, its first page. */
import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { registerServiceWorker } from './new-version.ts';
import { openReplica } from './replica/open-replica.ts';

registerServiceWorker();
const replica = openReplica();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root.');
render(() => <App replica={replica} />, root);

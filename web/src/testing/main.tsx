/**
 * Runs the app on a made-up library in memory. `?assets=100000` sets its size, `?assets=0` leaves it empty, and
 * `&loading` keeps it in its first load.
 */
import { render } from 'solid-js/web';
import { App } from '../app.tsx';
import { connectReplica } from '../replica/tabs/connect-replica.ts';
import { applyStoredTheme } from '../ui/theme.ts';

applyStoredTheme();
// The router drops unknown parameters from the address, so a reload reads them from sessionStorage.
const search = new URLSearchParams(location.search);
const asked = search.get('assets');
const assets = asked ?? sessionStorage.getItem('assets') ?? '1000';
sessionStorage.setItem('assets', assets);

const channel = crypto.randomUUID();
const replica = connectReplica(channel, 'memory');
new Worker(new URL('./memory-worker.ts', import.meta.url), {
  type: 'module',
  name: `${channel} ${assets}${search.has('loading') ? ' loading' : ''}`,
});
// Gives the console and tests access to the replica.
Object.assign(globalThis, { ingestHub: { replica } });

const root = document.getElementById('root');
if (root) render(() => <App replica={replica} />, root);

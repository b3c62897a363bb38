/** The app over a made-up library in memory; `?assets=100000` says how large, `?assets=0` leaves it empty, `&loading` never done. */
import { render } from 'solid-js/web';
import { App } from '../app.tsx';
import { connectReplica } from '../replica/tabs/connect-replica.ts';
import { applyStoredTheme } from '../ui/theme.ts';

applyStoredTheme();
// The router drops what it does not know from the address, so that a reload must find it elsewhere.
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
// For a look at the replica from the console and from tests.
Object.assign(globalThis, { ingestHub: { replica } });

const root = document.getElementById('root');
if (root) render(() => <App replica={replica} />, root);

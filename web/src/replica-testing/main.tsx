/** The app over a seeded in-memory replica; `?assets=100000` says how many, `?empty` leaves the library empty. */
import { render } from 'solid-js/web';
import { App } from '../app.tsx';
import { fillLibrary } from './fill-library.ts';
import { createMemoryReplica } from './memory-replica.ts';

const files = import.meta.glob<string>('../../../schema/migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const migrations = Object.entries(files).map(([path, sql]) => ({ name: path.split('/').at(-1) ?? path, sql }));

// The router drops what it does not know from the address, so that a reload must find it elsewhere.
const asked = new URLSearchParams(location.search);
const remembered = sessionStorage.getItem('assets');
const assets = asked.has('empty') ? '0' : (asked.get('assets') ?? remembered ?? '1000');
sessionStorage.setItem('assets', assets);

const replica = await createMemoryReplica(migrations, assets === '0' ? '' : fillLibrary(Number(assets)));
// For a look at the header's states from the console and from tests.
Object.assign(globalThis, { replica });

const root = document.getElementById('root');
if (root) render(() => <App replica={replica} />, root);

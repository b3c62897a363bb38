/** The development page's worker: a filled memory replica that answers like the real one, off the page's thread. */
import { serveReplica } from '../replica/tabs/serve-replica.ts';
import { fillLibrary } from './fill-library.ts';
import { createMemoryReplica } from './memory-replica.ts';

const files = import.meta.glob<string>('../../../schema/migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const migrations = Object.entries(files).map(([path, sql]) => ({ name: path.split('/').at(-1) ?? path, sql }));

// The worker's name carries its settings: channel, number of assets, and `loading` to stay in the first load.
const [channel = '', assets = '0', phase] = self.name.split(' ');
const replica = await createMemoryReplica(migrations, assets === '0' ? '' : fillLibrary(Number(assets)), {
  loading: phase === 'loading',
});
serveReplica(
  {
    ...replica,
    client: crypto.randomUUID(),
    rescued: 0,
    notice: () => {},
    mutateAs: (_id, name, args, options) => replica.mutate(name, args, options),
    undoAs: () => replica.undo(),
    redoAs: () => replica.redo(),
    wake: () => {},
  },
  channel,
  { version: 'memory' },
);

/** A test page with only the controls for offline pictures, on an in-memory replica that the test fills. */
import type { AssetRow } from '@ingesthub/schema/library/rows.ts';
import { createSignal, Show } from 'solid-js';
import { render } from 'solid-js/web';
import { createMemoryReplica } from '../../testing/memory-replica.ts';
import { createReplicaContext, ReplicaContext } from '../../ui/replica-context.ts';
import { keepPictures } from '../keep-pictures.ts';
import { rememberPicture, seenPicture, seenTotals } from '../seen-pictures.ts';
import { DeviceStorage } from '../ui/device-storage.tsx';
import { KeepOffline } from '../ui/keep-offline.tsx';
import { KeepVideo } from '../ui/keep-video.tsx';

const files = import.meta.glob<string>('../../../../schema/migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const migrations = Object.entries(files).map(([path, sql]) => ({ name: path.split('/').at(-1) ?? path, sql }));
const replica = await createMemoryReplica(migrations);
const [video, setVideo] = createSignal<AssetRow | null>(null);

/** The functions that the test calls. */
const page = {
  replica,
  seen: { seenPicture, rememberPicture, seenTotals },
  async showVideo(id: string): Promise<void> {
    const [asset] = await replica.query<AssetRow>({ text: 'SELECT * FROM assets WHERE id = $1', values: [id] });
    setVideo(asset ?? null);
  },
};
export type TestPage = typeof page;

await navigator.serviceWorker.register('/service-worker.js');
keepPictures(replica);
const packageId = new URLSearchParams(location.search).get('package') ?? '';
const root = document.getElementById('root');
if (root) {
  render(
    () => (
      <ReplicaContext.Provider value={createReplicaContext(replica)}>
        <KeepOffline packageId={packageId} />
        <Show when={video()}>{(asset) => <KeepVideo asset={asset()} />}</Show>
        <DeviceStorage />
      </ReplicaContext.Provider>
    ),
    root,
  );
}
Object.assign(globalThis, { page });

/** Shows how much storage the app uses, what for, and whether the browser may delete it. */
import { createSignal, For, Show } from 'solid-js';
import { formatBytes, formatCountOf } from '../../ui/format.ts';
import { notify, notifyFailure } from '../../ui/notices.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { createKept } from '../create-kept.ts';
import { type DeviceStorageUse, readDeviceStorage } from '../device-storage.ts';
import { forgetScope, keptScopes } from '../kept-scopes.ts';
import { forgetVideo, keptVideos } from '../kept-videos.ts';
import styles from './device-storage.module.css';
import { notifyNotStored } from './notify-not-stored.ts';

export function DeviceStorage() {
  const { status } = useReplica();
  const kept = createKept(() => status().storage, readDeviceStorage);
  return (
    <section class={styles['storage']} aria-label="Storage on this device">
      <Show when={kept.value()}>
        {(use) => (
          <>
            <Show when={use().used !== null && use().offered !== null}>
              <p>
                {formatBytes(use().used)} of the {formatBytes(use().offered)} this browser allows
              </p>
              <ProgressBar value={use().used} max={use().offered ?? 1} label="Storage in use" />
            </Show>
            <Show when={kept.state().at === 'full'}>
              <p role="alert" class={styles['problem']}>
                This device is full. Remove pictures kept offline, or free some space.
              </p>
            </Show>
            <dl>
              <For each={partsOf(use())}>
                {(part) => (
                  <div>
                    <dt>{part.name}</dt>
                    <dd>{formatBytes(part.bytes)}</dd>
                  </div>
                )}
              </For>
            </dl>
            <Show when={use().keptScopes + use().keptVideos.count > 0}>
              <button type="button" class="button" onClick={() => void kept.change(forgetAll).catch(notifyNotStored)}>
                Remove everything kept offline
              </button>
            </Show>
            <Persistence persisted={use().persisted} />
          </>
        )}
      </Show>
    </section>
  );
}

function partsOf(use: DeviceStorageUse): { name: string; bytes: number | null }[] {
  return [
    { name: 'Library', bytes: use.replica },
    { name: `Kept offline · ${formatCountOf(use.keptPictures.pictures, 'picture')}`, bytes: use.keptPictures.bytes },
    {
      name: `Kept offline · ${formatCountOf(use.keptVideos.count, 'video or sound', 'videos and sounds')}`,
      bytes: use.keptVideos.bytes,
    },
    { name: `Recently viewed · ${formatCountOf(use.seenPictures.count, 'picture')}`, bytes: use.seenPictures.bytes },
  ];
}

async function forgetAll(): Promise<void> {
  for (const scope of await keptScopes()) await forgetScope(scope);
  for (const video of await keptVideos()) await forgetVideo(video.assetId);
}

function Persistence(props: { persisted: boolean }) {
  const [granted, setGranted] = createSignal(false);
  const ask = async () => {
    setGranted(await navigator.storage.persist());
    if (!granted())
      notify('Your browser said no. Install IngestHub or bookmark it, then try again.', { kind: 'failed' });
  };
  return (
    <Show
      when={props.persisted || granted()}
      fallback={
        <p>
          The browser may delete the library and unsent changes when the disk fills up.{' '}
          <button
            type="button"
            class="button"
            onClick={() => void ask().catch((error) => notifyFailure('Could not protect this data', error))}
          >
            Protect from clean-up
          </button>
        </p>
      }
    >
      <p>Protected from clean-up: the browser keeps all of this until you remove it.</p>
    </Show>
  );
}

/** Shows how much storage the app uses, what for, and whether the browser may delete it. */
import { createSignal, For, Show } from 'solid-js';
import { formatBytes, formatCountOf } from '../../ui/format.ts';
import { notify, notifyFailure } from '../../ui/notices.ts';
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
              <p class={styles['used']}>
                <span class="figure">{formatBytes(use().used)}</span>{' '}
                <span class="muted">of the {formatBytes(use().offered)} this browser allows</span>
              </p>
              <div class={styles['bar']} aria-hidden="true">
                <For each={partsOf(use())}>
                  {(part) => <span class={styles[part.kind]} style={{ width: share(part.bytes, use().offered) }} />}
                </For>
              </div>
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
                    <dt class={styles[part.kind]}>{part.name}</dt>
                    <dd>{formatBytes(part.bytes)}</dd>
                  </div>
                )}
              </For>
            </dl>
            <div class={styles['actions']}>
              <Show when={use().keptScopes + use().keptVideos.count > 0}>
                <button type="button" class="button" onClick={() => void kept.change(forgetAll).catch(notifyNotStored)}>
                  Remove everything kept offline
                </button>
              </Show>
              <Persistence persisted={use().persisted} />
            </div>
          </>
        )}
      </Show>
    </section>
  );
}

interface StoragePart {
  readonly kind: 'library' | 'kept' | 'seen';
  readonly name: string;
  readonly bytes: number | null;
}

function partsOf(use: DeviceStorageUse): StoragePart[] {
  return [
    { kind: 'library', name: 'Library', bytes: use.replica },
    {
      kind: 'kept',
      name: `Kept offline · ${formatCountOf(use.keptPictures.pictures, 'picture')}`,
      bytes: use.keptPictures.bytes,
    },
    {
      kind: 'kept',
      name: `Kept offline · ${formatCountOf(use.keptVideos.count, 'video or sound', 'videos and sounds')}`,
      bytes: use.keptVideos.bytes,
    },
    {
      kind: 'seen',
      name: `Recently viewed · ${formatCountOf(use.seenPictures.count, 'picture')}`,
      bytes: use.seenPictures.bytes,
    },
  ];
}

/** Returns a CSS width; a part whose size is unknown has none. */
function share(bytes: number | null, offered: number | null): string {
  return bytes === null || offered === null || offered === 0 ? '0' : `${(100 * bytes) / offered}%`;
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

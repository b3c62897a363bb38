/** How much of this device the app uses, for what, and whether the browser may take it away. */
import { createSignal, For, Show } from 'solid-js';
import { formatBytes, formatCountOf } from '../../ui/format.ts';
import { notify, notifyFailure } from '../../ui/notices.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { createKept } from '../create-kept.ts';
import { type DeviceStorageUse, readDeviceStorage } from '../device-storage.ts';
import { forgetMovie, keptMovies } from '../kept-movies.ts';
import { forgetScope, keptScopes } from '../kept-scopes.ts';
import styles from './device-storage.module.css';
import { notifyNotStored } from './notify-not-stored.ts';

export function DeviceStorage() {
  const { status } = useReplica();
  const kept = createKept(() => status().storage, readDeviceStorage);
  return (
    <section class={styles['storage']} aria-label="Storage of this device">
      <Show when={kept.value()}>
        {(use) => (
          <>
            <Show when={use().used !== null && use().offered !== null}>
              <p>
                {formatBytes(use().used)} of {formatBytes(use().offered)} that this browser offers
              </p>
              <ProgressBar value={use().used} max={use().offered ?? 1} label="Storage in use" />
            </Show>
            <Show when={kept.state().at === 'full'}>
              <p role="alert" class={styles['problem']}>
                This device has no room for more pictures. Remove some, or free space on it.
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
            <Show when={use().keptScopes + use().keptMovies.count > 0}>
              <button type="button" class="button" onClick={() => void kept.change(forgetAll).catch(notifyNotStored)}>
                Remove everything that is kept offline
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
    { name: `Kept offline: ${formatCountOf(use.keptPictures.pictures, 'picture')}`, bytes: use.keptPictures.bytes },
    {
      name: `Kept offline: ${formatCountOf(use.keptMovies.count, 'movie or sound', 'movies and sounds')}`,
      bytes: use.keptMovies.bytes,
    },
    { name: `Seen lately: ${formatCountOf(use.seenPictures.count, 'picture')}`, bytes: use.seenPictures.bytes },
  ];
}

async function forgetAll(): Promise<void> {
  for (const scope of await keptScopes()) await forgetScope(scope);
  for (const movie of await keptMovies()) await forgetMovie(movie.assetId);
}

function Persistence(props: { persisted: boolean }) {
  const [granted, setGranted] = createSignal(false);
  const ask = async () => {
    setGranted(await navigator.storage.persist());
    if (!granted())
      notify('The browser did not agree; it does so for apps that are installed or often used.', { kind: 'failed' });
  };
  return (
    <Show
      when={props.persisted || granted()}
      fallback={
        <p>
          The browser may remove all of this when the device runs out of room, changes that are not sent too.{' '}
          <button
            type="button"
            class="button"
            onClick={() => void ask().catch((error) => notifyFailure('Not granted', error))}
          >
            Ask it not to
          </button>
        </p>
      }
    >
      <p>The browser keeps all of this until a person removes it.</p>
    </Show>
  );
}

/** One message above the page, about what stops work or changes it: the most serious one. */
import { A } from '@solidjs/router';
import { createEffect, createSignal, Match, on, Switch } from 'solid-js';
import { Icon } from '../ui/icon.tsx';
import { newVersionWaits, reloadForNewVersion } from '../ui/new-version.ts';
import { useReplica } from '../ui/replica-context.ts';
import { explainConnection, FULL } from './explain-connection.ts';

export function Banner() {
  const { status } = useReplica();
  const [hidden, setHidden] = createSignal(false);
  const isOffline = () => !status().online && status().phase !== 'opening';
  // Each time the network goes away counts by itself.
  createEffect(on(isOffline, () => setHidden(false), { defer: true }));
  return (
    <Switch>
      <Match when={status().phase === 'failed'}>
        <p class="banner danger" role="alert">
          <Icon name="damaged" />
          <span>{explainConnection(status())}</span>
          <button type="button" class="button small" onClick={() => location.reload()}>
            Reload
          </button>
        </p>
      </Match>
      <Match when={status().full}>
        <p class="banner danger" role="alert">
          <Icon name="size" />
          <span>
            <b>This device is full.</b> {FULL}
          </span>
          <A class="button small" href="/sync">
            Make room
          </A>
        </p>
      </Match>
      <Match when={status().online && status().server.writing}>
        {(sentence) => (
          <p class="banner danger" role="alert">
            <Icon name="problem" />
            <span>
              <b>Changes wait.</b> {sentence()}
            </span>
          </p>
        )}
      </Match>
      <Match when={newVersionWaits()}>
        <p class="banner" role="status">
          <Icon name="refresh" />
          <span>
            <b>IngestHub was updated.</b> Reload to continue; your changes are kept.
          </span>
          <button type="button" class="button small primary" onClick={() => void reloadForNewVersion()}>
            Reload
          </button>
        </p>
      </Match>
      <Match when={isOffline() && !hidden()}>
        <p class="banner warning" role="status">
          <Icon name="notOnDisk" />
          <span>
            <b>You’re offline.</b> Everything on this device still works. Changes are saved here and sent when you’re
            back online.
          </span>
          <button
            type="button"
            class="button quiet small icon"
            aria-label="Hide this message"
            title="Hide this message"
            onClick={() => setHidden(true)}
          >
            <Icon name="close" size={14} />
          </button>
        </p>
      </Match>
    </Switch>
  );
}

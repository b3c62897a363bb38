/** The frame around every page: breadcrumb, replica status, notices and keyboard help. */
import { A } from '@solidjs/router';
import { createEffect, For, type JSX, Show } from 'solid-js';
import { Icon } from './icon.tsx';
import { newVersionWaits, reloadForNewVersion } from './new-version.ts';
import { act, notice } from './notices.ts';
import styles from './page.module.css';
import { useReplica } from './replica-context.ts';
import { ReplicaStatusBar } from './replica-status-bar.tsx';
import { SearchLink } from './search-link.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { ThemeButton } from './theme-button.tsx';
import { UndoButtons } from './undo-buttons.tsx';

export interface Crumb {
  readonly label: string;
  readonly href: string;
}

export function Page(props: { title: string; crumbs: readonly Crumb[]; children: JSX.Element }) {
  const { status } = useReplica();
  createEffect(() => {
    document.title = `${props.title} · IngestHub`;
  });
  return (
    <div class={styles['page']}>
      <header class={styles['header']}>
        <nav aria-label="Breadcrumb">
          <ol class={styles['crumbs']}>
            <li>
              <A class={styles['home']} href="/">
                IngestHub
              </A>
            </li>
            <For each={props.crumbs}>
              {(crumb) => (
                <li>
                  <A href={crumb.href} title={crumb.label}>
                    {crumb.label}
                  </A>
                </li>
              )}
            </For>
          </ol>
        </nav>
        <SearchLink />
        <UndoButtons />
        <ReplicaStatusBar />
        <ThemeButton />
        <A class="button quiet icon" href="/settings" aria-label="Settings" title="Settings">
          <Icon name="settings" />
        </A>
        <ShortcutsDialog />
      </header>
      <Show when={newVersionWaits()}>
        <p class={styles['banner']} role="status">
          A new version of IngestHub is ready.
          <button type="button" class="button primary" onClick={() => void reloadForNewVersion()}>
            Reload to update
          </button>
        </p>
      </Show>
      <Show when={status().phase === 'failed'}>
        <p class={styles['banner']} role="alert">
          {status().problem ?? 'The library on this device cannot be opened.'}
          <button type="button" class="button" onClick={() => location.reload()}>
            Reload
          </button>
        </p>
      </Show>
      <main class={styles['main']}>{props.children}</main>
      <div class={styles['notices']} role="status">
        <Show when={notice()}>
          {(shown) => (
            <p classList={{ [styles['failed'] ?? '']: shown().kind === 'failed' }}>
              {shown().text}
              <Show when={shown().action}>
                {(action) => (
                  <button type="button" class="button quiet" onClick={() => act(action())}>
                    {action().label}
                  </button>
                )}
              </Show>
            </p>
          )}
        </Show>
      </div>
    </div>
  );
}

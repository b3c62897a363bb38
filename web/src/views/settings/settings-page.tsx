/** Settings: the projects and storage on this device, the account, changes, and the keyboard shortcuts. */
import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { FULL } from '../../frame/explain-connection.ts';
import { DeviceStorage } from '../../pictures/ui/device-storage.tsx';
import { describeUnsent } from '../../ui/describe-replica.ts';
import { Page } from '../../ui/page.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { ShortcutsList } from '../../ui/shortcuts-list.tsx';
import { WorkingSetTable } from '../working-set/working-set-table.tsx';
import styles from './settings-page.module.css';

export function SettingsPage() {
  const { status } = useReplica();
  return (
    <Page title="Settings" crumbs={[{ label: 'Settings', href: '/settings' }]}>
      <div class={styles['page']}>
        <h1 class="visually-hidden">Settings</h1>
        <div class={styles['column']}>
          <section aria-labelledby="projects-here">
            <h2 id="projects-here">Projects on this device</h2>
            <p class="muted">
              Recent projects are kept on this device so you can browse them offline. The rest stay on the server.
            </p>
            <WorkingSetTable />
          </section>
          <section aria-labelledby="storage">
            <h2 id="storage">Storage</h2>
            <Show when={status().full}>
              <p class={styles['problem']}>{FULL}</p>
            </Show>
            <DeviceStorage />
          </section>
        </div>
        <div class={styles['column']}>
          <section aria-labelledby="account">
            <h2 id="account">Account</h2>
            <p>
              local{' '}
              <span class="muted">Accounts are off on this server. Everyone appears as “local” in the history.</span>
            </p>
          </section>
          <section aria-labelledby="changes">
            <h2 id="changes">Changes</h2>
            <p>
              <A class={styles['link'] ?? ''} href="/sync">
                {describeUnsent(status())}
                {status().rejected.length > 0 ? `, ${status().rejected.length} refused` : ''}
              </A>
            </p>
            <p>
              <A class={styles['link'] ?? ''} href="/deleted">
                Recently deleted
              </A>
            </p>
          </section>
          <section aria-labelledby="corrections">
            <h2 id="corrections">Analysis</h2>
            <p>
              <A class={styles['link'] ?? ''} href="/corrections">
                Corrections
              </A>
              <span class="muted"> that the next analysis applies</span>
            </p>
          </section>
          <section aria-labelledby="keyboard">
            <h2 id="keyboard">Keyboard</h2>
            <ShortcutsList />
          </section>
        </div>
      </div>
    </Page>
  );
}

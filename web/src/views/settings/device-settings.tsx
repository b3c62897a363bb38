/** The storage that this browser uses so that the app works offline, and the projects in it. */
import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { FULL } from '../../frame/explain-connection.ts';
import { DeviceStorage } from '../../pictures/ui/device-storage.tsx';
import { describeUnsent } from '../../ui/describe-replica.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { WorkingSetTable } from '../working-set/working-set-table.tsx';
import { PathSetting } from './path-setting.tsx';
import styles from './settings-page.module.css';

export function DeviceSettings() {
  const { status } = useReplica();
  return (
    <>
      <p class="muted">This browser stores the library so you can work offline.</p>
      <Show when={status().full}>
        <p class="note danger">{FULL}</p>
      </Show>
      <DeviceStorage />
      <div class={styles['row']}>
        <div>
          <p class={styles['name']}>Account</p>
          <p class="faint small">Accounts are off on this server. Everyone appears as “local” in the history.</p>
        </div>
        <span class="muted">local</span>
      </div>
      <div class={styles['row']}>
        <div>
          <p class={styles['name']}>Changes and this copy</p>
          <p class="faint small">
            {describeUnsent(status())}
            {status().rejected.length > 0 ? `, ${status().rejected.length} refused` : ''}
          </p>
        </div>
        <A class="button" href="/sync">
          Open Sync
        </A>
      </div>
      <PathSetting />
      <section class={styles['projects']} aria-labelledby="projects-here">
        <h2 id="projects-here">Projects on this device</h2>
        <p class="muted">
          Recent projects are kept on this device so you can browse them offline. The rest stay on the server.
        </p>
        <WorkingSetTable />
      </section>
    </>
  );
}

/** The state of this device's copy: connection, changes that wait or were refused, storage, and the parts it follows. */
import { Show } from 'solid-js';
import { explainConnection } from '../../frame/explain-connection.ts';
import { NoticeList } from '../../frame/sync-popover.tsx';
import { DeviceStorage } from '../../pictures/ui/device-storage.tsx';
import { describeConnection, describeReplica } from '../../ui/describe-replica.ts';
import { formatCount, formatCountOf } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { notifyFailure } from '../../ui/notices.ts';
import { Page } from '../../ui/page.tsx';
import { Part } from '../../ui/page-error.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { WorkingSetTable } from '../working-set/working-set-table.tsx';
import { CheckButton, CheckResult, createCopyCheck } from './check-copy.tsx';
import { FollowedParts } from './followed-parts.tsx';
import { RefusedChanges } from './refused-changes.tsx';
import { saveSyncReport } from './save-report.ts';
import styles from './sync-page.module.css';
import { WaitingChanges } from './waiting-changes.tsx';

export function SyncPage() {
  const { replica, status } = useReplica();
  const check = createCopyCheck();
  const save = () =>
    saveSyncReport(replica, check.result()).catch((error) => notifyFailure('Could not save the report', error));
  return (
    <Page title="Sync" crumbs={[]}>
      <header class="page-header">
        <h1>Sync</h1>
        <span class="faint">This device</span>
        <div class="actions">
          <CheckButton check={check} />
          <button type="button" class="button quiet" onClick={() => void save()}>
            <Icon name="export" /> Save a report
          </button>
        </div>
      </header>
      <div class={styles['page']}>
        <CheckResult check={check} />
        <Figures />
        <div class={styles['halves']}>
          <WaitingChanges />
          <RefusedChanges />
        </div>
        <section class="card" aria-labelledby="on-this-device">
          <header>
            <h2 id="on-this-device">On this device</h2>
          </header>
          <div class={styles['storage']}>
            <Part name="Storage">
              <DeviceStorage />
            </Part>
            <WorkingSetTable />
          </div>
        </section>
        <Show when={status().notices.length > 0}>
          <section class="card" aria-labelledby="copy-events">
            <header>
              <h2 id="copy-events">Changes to this device’s copy</h2>
            </header>
            <div class={styles['notices']}>
              <NoticeList />
            </div>
          </section>
        </Show>
        <FollowedParts />
      </div>
    </Page>
  );
}

function Figures() {
  const { status } = useReplica();
  const projects = () => [...status().projects.values()];
  const kept = () => projects().filter(({ state }) => state === 'here' || state === 'leaving').length;
  return (
    <div class="figures">
      <div>
        <p class="label">Connection</p>
        <p class="figure">{describeConnection(status())}</p>
        <p class={`muted small ${styles['sentence']}`}>{explainConnection(status())}</p>
      </div>
      <div>
        <p class="label">Library on this device</p>
        <p class="figure">{describeReplica(status())}</p>
        <p class="muted small">
          {formatCount(kept())} of {formatCountOf(projects().length, 'project')}
        </p>
      </div>
      <div>
        <p class="label">Waiting to be sent</p>
        <p class="figure">{formatCount(status().unsent)}</p>
        <p class="muted small">
          {status().unsent === 0 ? 'All changes sent' : formatCountOf(status().unsentRows, 'row')}
        </p>
      </div>
      <div>
        <p class="label">Refused</p>
        <p class="figure" classList={{ danger: status().rejected.length > 0 }}>
          {formatCount(status().rejected.length)}
        </p>
        <p class="muted small">{status().rejected.length > 0 ? 'Kept until you decide' : 'Nothing to decide'}</p>
      </div>
    </div>
  );
}

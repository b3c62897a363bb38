/** All assets on this device, of every project: what is not on disk, a tag, or any other filter reaches across packages. */
import { A } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import { type ProjectListRow, projectListQuery } from '../../queries/projects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { isAbsent } from '../working-set/is-absent.ts';
import { AssetWorkspace } from '../workspace/asset-workspace.tsx';
import styles from './assets-page.module.css';

export function AssetsPage() {
  return (
    <Page title="Assets" crumbs={[{ label: 'Assets', href: '/assets' }]}>
      <div class={styles['view']}>
        <header class="page-header">
          <h1>Assets</h1>
          <span class="muted">All projects on this device</span>
        </header>
        <OnServerOnly />
        <AssetWorkspace scope={{ kind: 'library' }} projectId={null} />
      </div>
    </Page>
  );
}

/** Names the projects whose assets are missing here, so that a short list is not taken for the whole. */
function OnServerOnly() {
  const { replica, status } = useReplica();
  const projects = createLiveQuery<ProjectListRow>(replica, projectListQuery);
  const absent = createMemo(() => projects().filter(({ id }) => isAbsent(status(), id)));
  return (
    <Show when={absent().length > 0}>
      <p class={`note ${styles['note']}`} role="status">
        <Icon name="notOnDisk" size={14} />
        <span>
          <b>Not on this device, so not listed:</b>{' '}
          <For each={absent()}>
            {(project, index) => (
              <>
                {index() > 0 ? ', ' : ''}
                <A class="link" href={`/projects/${project.id}`}>
                  {project.name}
                </A>
              </>
            )}
          </For>
        </span>
      </p>
    </Show>
  );
}

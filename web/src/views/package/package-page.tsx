/** The page of one package: its facts, and its assets. */
import type { PackageSummaryRow } from '@ingesthub/schema/library/rows.ts';
import { useParams } from '@solidjs/router';
import { createEffect, Show } from 'solid-js';
import { type PackageListRow, packageQuery, packageSummaryQuery } from '../../queries/packages.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { Page } from '../../ui/page.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { NotFound } from '../not-found.tsx';
import { isAbsent } from '../working-set/is-absent.ts';
import { NotOnDevice } from '../working-set/not-on-device.tsx';
import { AssetWorkspace } from '../workspace/asset-workspace.tsx';
import { PackageHeader } from './header/package-header.tsx';
import styles from './package-page.module.css';
import { ServerPackage } from './server-package.tsx';

export function PackagePage() {
  const { replica, status } = useReplica();
  const params = useParams<{ id: string }>();
  const packages = createLiveQuery<PackageListRow>(replica, () => packageQuery(params.id));
  return (
    <Show when={packages()[0]} fallback={<NotFound what="package" query={packages} />}>
      {(row) => (
        <Page
          title={row().name}
          kind="pictures"
          crumbs={[
            { label: 'Projects', href: '/projects' },
            { label: row().project_name ?? 'Project', href: `/projects/${row().project_id}` },
            { label: row().name, href: `/packages/${row().id}` },
          ]}
        >
          <Show when={row().id} keyed>
            <Show when={isAbsent(status(), row().project_id)} fallback={<PackageView row={row()} />}>
              <ServerPackage row={row()} />
            </Show>
          </Show>
        </Page>
      )}
    </Show>
  );
}

function PackageView(props: { row: PackageListRow }) {
  const { replica, ready } = useReplica();
  createEffect(() => void replica.prefer(props.row.project_id));

  // The counts are maintained only after the first load; counting earlier would slow the load down.
  const summaries = createLiveQuery<PackageSummaryRow>(
    replica,
    () => (ready() ? packageSummaryQuery(props.row.id) : null),
    { key: 'package_id' },
  );

  return (
    <div class={styles['view']}>
      <PackageHeader row={props.row} summary={summaries()[0]} />
      <NotOnDevice projectId={props.row.project_id} />
      <AssetWorkspace scope={{ kind: 'package', id: props.row.id }} projectId={props.row.project_id} />
    </div>
  );
}

/** The packages of one kind in all projects. */
import { PACKAGE_KINDS, PACKAGE_TYPES, type PackageType } from '@ingesthub/schema/library/package-kinds.ts';
import { useParams } from '@solidjs/router';
import { createMemo, Show } from 'solid-js';
import { type PackageListRow, packagesOfKindQuery } from '../../queries/packages.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { ColumnMenu } from '../../ui/data-table/column-menu.tsx';
import { createTable } from '../../ui/data-table/create-table.ts';
import { createAddressTableState } from '../../ui/data-table/create-table-state.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { FilterField } from '../../ui/data-table/filter-field.tsx';
import { GroupMenu } from '../../ui/data-table/group-menu.tsx';
import list from '../../ui/data-table/list.module.css';
import { ListFooter } from '../../ui/data-table/list-footer.tsx';
import { formatBytes, formatCount, formatCountOf, formatHours } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { HowToIngest } from '../lists/how-to-ingest.tsx';
import { sumKnown } from '../lists/sum-known.ts';
import { createPackageFacts } from './create-package-facts.ts';
import { holdsClips } from './holds-clips.ts';
import { packageColumns } from './package-columns.tsx';
import { packageGroupings } from './package-groupings.ts';
import { PackagesBulkBar } from './packages-bulk-bar.tsx';

export function PackagesPage() {
  const params = useParams<{ kind: PackageType }>();
  // Another kind is another page: its columns, its choices and its selection are its own.
  return (
    <Show when={PACKAGE_TYPES.includes(params.kind) && params.kind} keyed>
      {(kind) => <PackagesOfKind kind={kind} />}
    </Show>
  );
}

function PackagesOfKind({ kind }: { kind: PackageType }) {
  const { replica, ready } = useReplica();
  const packages = createLiveQuery<PackageListRow>(replica, () => packagesOfKindQuery(kind));
  const facts = createPackageFacts(() => kind, packages);
  const columns = packageColumns(kind, facts);
  const table = createTable<PackageListRow>({
    id: `packages.${kind}`,
    columns,
    rows: packages,
    key: (row) => row.id,
    name: (row) => row.name,
    href: (row) => `/packages/${row.id}`,
    state: createAddressTableState(columns, { sort: { column: 'arrived', descending: true }, group: 'project' }),
    groupings: packageGroupings,
    selects: true,
  });
  const projects = createMemo(() => new Set(packages().map((row) => row.project_id)).size);
  const sums = () => {
    const rows = table.listed();
    const assets = sumKnown(rows, (row) => facts.summary(row)?.asset_count ?? null);
    const last = holdsClips(kind)
      ? formatHours(
          sumKnown(rows, (row) => (facts.summary(row) === null ? null : (facts.summary(row)?.duration_seconds ?? 0))),
        )
      : formatBytes(sumKnown(rows, (row) => facts.summary(row)?.size_bytes ?? null));
    return [formatCountOf(rows.length, 'package'), `${formatCount(assets)} assets`, last].join(' · ');
  };
  /** Until the first load is over, what is not there may still come. */
  const loading = () => packages.loading || packages.error !== null || !ready();
  const title = `${PACKAGE_KINDS[kind].label} packages`;

  return (
    <Page title={title} crumbs={[]}>
      <div class={list['list']}>
        <header class="page-header">
          <h1>{title}</h1>
          <Show when={packages().length > 0}>
            <span class="muted">
              {formatCount(packages().length)} in {formatCountOf(projects(), 'project')}
            </span>
          </Show>
        </header>
        <div class={list['tools']}>
          <FilterField table={table} label="Filter packages by name, project, subject, status or tag" />
          <GroupMenu table={table} />
          <ColumnMenu table={table} />
        </div>
        <ReadProblem error={packages.error} onRetry={packages.refresh} />
        <DataTable
          table={table}
          label={title}
          noun="packages"
          loading={loading()}
          empty={<HowToIngest title={`No ${title} yet`} />}
        />
        <PackagesBulkBar table={table} summary={facts.summary}>
          <ListFooter
            keys={[
              { shortcut: 'move', does: 'move' },
              { shortcut: 'select', does: 'select' },
              { shortcut: 'open', does: 'open' },
              { shortcut: 'pickUp', does: 'pick up' },
            ]}
          >
            <Show when={!loading()}>{sums()}</Show>
          </ListFooter>
        </PackagesBulkBar>
      </div>
    </Page>
  );
}

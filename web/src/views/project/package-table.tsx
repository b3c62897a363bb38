/** The packages of a project as a list. */
import { PACKAGE_KINDS, PACKAGE_TYPES, type PackageType } from '@ingesthub/schema/library/package-kinds.ts';
import type { ProjectRow } from '@ingesthub/schema/library/rows.ts';
import type { PackageListRow } from '../../queries/packages.ts';
import type { LiveQuery } from '../../replica/read/create-live-query.ts';
import type { Column } from '../../ui/data-table/column.ts';
import { ColumnMenu } from '../../ui/data-table/column-menu.tsx';
import { createTable } from '../../ui/data-table/create-table.ts';
import { createAddressTableState } from '../../ui/data-table/create-table-state.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { FilterField } from '../../ui/data-table/filter-field.tsx';
import { GroupMenu } from '../../ui/data-table/group-menu.tsx';
import list from '../../ui/data-table/list.module.css';
import { ListFooter } from '../../ui/data-table/list-footer.tsx';
import { formatBytes, formatCount, formatCountOf } from '../../ui/format.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { TypeBadge } from '../../ui/type-badge.tsx';
import { HowToIngest } from '../lists/how-to-ingest.tsx';
import { sumKnown } from '../lists/sum-known.ts';
import { createPackageFacts, type PackageFacts } from '../packages/create-package-facts.ts';
import { packageColumns } from '../packages/package-columns.tsx';
import { packageGroupings } from '../packages/package-groupings.ts';
import { PackagesBulkBar } from '../packages/packages-bulk-bar.tsx';
import styles from './project-page.module.css';

export function PackageTable(props: { project: ProjectRow; packages: LiveQuery<PackageListRow> }) {
  const { ready } = useReplica();
  const facts = createFactsOfAllKinds(() => props.packages());
  const columns = projectPackageColumns(props.project.type, facts);
  const { project: _project, ...groupings } = packageGroupings;
  const table = createTable<PackageListRow>({
    id: 'project.packages',
    columns,
    rows: () => props.packages(),
    key: (row) => row.id,
    name: (row) => row.name,
    href: (row) => `/packages/${row.id}`,
    state: createAddressTableState(columns, { sort: { column: 'arrived', descending: true } }),
    groupings,
    selects: true,
  });
  return (
    <div class={styles['list']}>
      <div class={`${list['tools']} ${styles['tools']}`}>
        <FilterField table={table} label="Filter packages by name, subject, status or tag" />
        <GroupMenu table={table} />
        <ColumnMenu table={table} />
      </div>
      <DataTable
        table={table}
        label="Packages"
        noun="packages"
        loading={props.packages.loading || props.packages.error !== null}
        empty={<HowToIngest title={ready() ? 'No packages yet' : 'No package has arrived yet'} />}
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
          {formatCountOf(table.listed().length, 'package')} ·{' '}
          {formatCount(sumKnown(table.listed(), (row) => facts.summary(row)?.asset_count ?? null))} assets ·{' '}
          {formatBytes(sumKnown(table.listed(), (row) => facts.summary(row)?.size_bytes ?? null))}
        </ListFooter>
      </PackagesBulkBar>
    </div>
  );
}

/** Tells about packages of any kind, which are counted kind by kind. */
function createFactsOfAllKinds(packages: () => readonly PackageListRow[]): PackageFacts {
  const byKind = Object.fromEntries(
    PACKAGE_TYPES.map((kind) => [
      kind,
      createPackageFacts(
        () => kind,
        () => packages().filter(({ type }) => type === kind),
      ),
    ]),
  ) as Record<PackageType, PackageFacts>;
  return {
    summary: (row) => byKind[row.type].summary(row),
    roles: (row) => byKind[row.type].roles(row),
    clips: (row) => byKind[row.type].clips(row),
    pictures: byKind[PACKAGE_TYPES[0]].pictures,
  };
}

/** The columns of the project's kind, without the project, and with what needs attention. */
function projectPackageColumns(kind: PackageType, facts: PackageFacts): readonly Column<PackageListRow>[] {
  const columns = packageColumns(kind, facts).filter(({ id }) => id !== 'project');
  const type: Column<PackageListRow> = {
    id: 'type',
    label: 'Type',
    width: 80,
    hidden: true,
    filter: 'choices',
    value: (row) => row.type,
    choiceLabel: (one) => PACKAGE_KINDS[one as PackageType]?.label ?? one,
    cell: (row) => <TypeBadge type={row.type} />,
  };
  const problems: Column<PackageListRow> = {
    id: 'problems',
    label: 'Problems',
    width: 86,
    align: 'end',
    wide: true,
    filter: 'numbers',
    value: (row) => facts.summary(row)?.problem_count ?? null,
    cell: (row) => {
      const count = () => facts.summary(row)?.problem_count ?? null;
      return <span class={(count() ?? 0) > 0 ? styles['problem'] : undefined}>{formatCount(count())}</span>;
    },
  };
  return columns.flatMap((column) => {
    if (column.id === 'status') return [type, column];
    return column.id === 'reviewed' ? [column, problems] : [column];
  });
}

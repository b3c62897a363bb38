/** A list of subjects: those of one project, or of all. */
import { createMemo, type JSX, Show } from 'solid-js';
import { subjectPicturesQuery } from '../../queries/row-pictures.ts';
import {
  noSubjectCounts,
  type SubjectCountsRow,
  type SubjectDetailRow,
  subjectCountsQuery,
  subjectDetailsQuery,
} from '../../queries/subjects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { ColumnMenu } from '../../ui/data-table/column-menu.tsx';
import { createTable } from '../../ui/data-table/create-table.ts';
import { createAddressTableState } from '../../ui/data-table/create-table-state.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { FilterField } from '../../ui/data-table/filter-field.tsx';
import type { ColumnFilter } from '../../ui/data-table/filter-rows.ts';
import { GroupMenu } from '../../ui/data-table/group-menu.tsx';
import type { Grouping } from '../../ui/data-table/group-rows.ts';
import list from '../../ui/data-table/list.module.css';
import { ListFooter } from '../../ui/data-table/list-footer.tsx';
import { formatCount, formatCountOf } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { createRowPictures } from '../lists/create-row-pictures.ts';
import { sumKnown } from '../lists/sum-known.ts';
import { isWhole } from '../working-set/is-whole.ts';
import { createSubjectPoses } from './create-subject-poses.ts';
import { SubjectBulkBar } from './subject-bulk-bar.tsx';
import { subjectColumns } from './subject-columns.tsx';
import styles from './subjects-page.module.css';

const groupings: Readonly<Record<string, Grouping<SubjectDetailRow>>> = {
  project: {
    label: 'Project',
    replaces: 'project',
    of: (row) => ({ key: row.project_id, label: row.project_name }),
  },
};

/** @param props.projectId null: of all projects. */
export function SubjectTable(props: { projectId: string | null; children?: JSX.Element }) {
  const { replica, status, ready } = useReplica();
  const subjects = createLiveQuery<SubjectDetailRow>(replica, () => subjectDetailsQuery(props.projectId));
  const counts = createLiveQuery<SubjectCountsRow>(
    replica,
    // Before the counts are maintained, each change would recount all assets.
    () => (ready() ? subjectCountsQuery(props.projectId) : null),
    { key: 'subject_id' },
  );
  const byId = createMemo(() => new Map(counts().map((row) => [row.subject_id, row])));
  // The status changes with each commit, the projects' states rarely.
  const projects = createMemo(() => status().projects);
  const wholeProject = (projectId: string) => isWhole({ projects: projects() }, projectId);
  const countsOf = ({ id, project_id }: SubjectDetailRow): SubjectCountsRow | null => {
    if (!ready() || counts.loading || !wholeProject(project_id)) return null;
    return byId().get(id) ?? { subject_id: id, ...noSubjectCounts };
  };
  const columns = subjectColumns(
    {
      counts: countsOf,
      pictures: createRowPictures(replica, subjectPicturesQuery, ready),
      poses: createSubjectPoses(replica, (projectId) => ready() && wholeProject(projectId)),
    },
    props.projectId !== null,
  );
  const table = createTable<SubjectDetailRow>({
    id: props.projectId === null ? 'subjects' : 'project.subjects',
    columns,
    rows: subjects,
    key: (row) => row.id,
    name: (row) => row.name,
    href: (row) => `/subjects/${row.id}`,
    state: createAddressTableState(columns, {
      sort: { column: 'assets', descending: true },
      ...(props.projectId === null ? { group: 'project' } : {}),
    }),
    groupings: props.projectId === null ? groupings : {},
    selects: true,
  });

  const withoutDataset = () => subjects().filter((row) => row.dataset_directory === null).length;
  const needsDataset = () => {
    const filter: ColumnFilter | undefined = table.state.filters()['dataset'];
    return filter?.kind === 'choices' && filter.values.join() === '' && filter.values.length === 1;
  };
  return (
    <div class={styles['list']}>
      <div class={`${list['tools']} ${props.projectId === null ? '' : styles['tools']}`}>
        <FilterField table={table} label="Filter subjects by name, dataset directory or tag" />
        <button
          type="button"
          class="button"
          aria-pressed={needsDataset()}
          onClick={() => table.state.setFilter('dataset', needsDataset() ? null : { kind: 'choices', values: [''] })}
        >
          <Icon name="unlink" size={14} /> Without a dataset <span class="muted">{formatCount(withoutDataset())}</span>
        </button>
        <Show when={props.projectId === null}>
          <GroupMenu table={table} />
        </Show>
        <ColumnMenu table={table} />
        {props.children}
      </div>
      <ReadProblem error={subjects.error} onRetry={subjects.refresh} />
      <DataTable
        table={table}
        label="Subjects"
        noun="subjects"
        rowHeight={45}
        loading={subjects.loading || subjects.error !== null || !ready()}
        empty={
          <div class="empty">
            <Icon name="subjects" />
            <h2>No subjects yet</h2>
            <p>An ingest finds them, or you can create them here.</p>
          </div>
        }
      />
      <SubjectBulkBar table={table} assetCount={(row) => countsOf(row)?.asset_count ?? null}>
        <ListFooter
          keys={[
            { shortcut: 'move', does: 'move' },
            { shortcut: 'select', does: 'select' },
            { shortcut: 'open', does: 'open' },
            { shortcut: 'tag', does: 'tag' },
          ]}
        >
          {formatCountOf(table.listed().length, 'subject')} ·{' '}
          {formatCount(sumKnown(table.listed(), (row) => countsOf(row)?.asset_count ?? null))} assets
        </ListFooter>
      </SubjectBulkBar>
    </div>
  );
}

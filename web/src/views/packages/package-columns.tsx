/** The columns of the lists of packages: one set for faces, one for clips. */
import { ASSET_TYPE_LABELS, assetTypesOf, type PackageType } from '@ingesthub/schema/library/package-kinds.ts';
import type { PackageStatus } from '@ingesthub/schema/library/vocabulary.ts';
import { For, Show } from 'solid-js';
import type { PackageListRow } from '../../queries/packages.ts';
import type { Column } from '../../ui/data-table/column.ts';
import { formatBytes, formatCount, formatDateTime, formatDuration, formatWhen } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { ReviewBar } from '../../ui/review-bar.tsx';
import { reviewShare } from '../../ui/review-share.ts';
import { TagList } from '../../ui/tag-list.tsx';
import { ContactStrip } from '../lists/contact-strip.tsx';
import type { PackageFacts } from './create-package-facts.ts';
import { packageStatuses } from './describe-package-status.ts';
import { holdsClips } from './holds-clips.ts';
import styles from './packages.module.css';
import { StatusCell } from './status-cell.tsx';

type PackageColumn = Column<PackageListRow>;

const statusOrder = Object.keys(packageStatuses) as PackageStatus[];

export function packageColumns(kind: PackageType, facts: PackageFacts): readonly PackageColumn[] {
  const clips = holdsClips(kind);
  const summary = facts.summary;
  const first: readonly PackageColumn[] = [
    {
      id: 'pictures',
      label: 'Pictures',
      labelHidden: true,
      width: 96,
      cell: (row) => <ContactStrip id={row.id} pictures={facts.pictures} />,
    },
    {
      id: 'name',
      label: 'Package',
      opens: true,
      filter: 'words',
      value: (row) => row.name,
      cell: (row) => row.name,
    },
    {
      id: 'project',
      label: 'Project',
      width: 104,
      wide: true,
      filter: 'choices',
      value: (row) => row.project_name,
      cell: (row) => row.project_name ?? '–',
    },
    {
      id: 'subjects',
      label: 'Subjects',
      width: 96,
      filter: 'choices',
      value: (row) => row.subjects,
      cell: (row) => <span title={row.subjects.join(', ')}>{subjectNames(row.subjects)}</span>,
    },
    {
      id: 'status',
      label: 'Status',
      width: 108,
      filter: 'choices',
      value: (row) => row.status,
      rank: (row) => statusOrder.indexOf(row.status),
      choiceLabel: (status) => packageStatuses[status as PackageStatus] ?? status,
      cell: (row) => <StatusCell row={row} problems={summary(row)?.problem_count ?? null} />,
    },
    {
      id: 'tags',
      label: 'Tags',
      width: 90,
      wide: true,
      filter: 'choices',
      value: (row) => row.tags,
      cell: (row) => <TagList tags={row.tags} />,
    },
    {
      id: 'assets',
      label: 'Assets',
      width: 76,
      align: 'end',
      filter: 'numbers',
      value: (row) => summary(row)?.asset_count ?? null,
      cell: (row) => formatCount(summary(row)?.asset_count ?? null),
    },
  ];
  const last: readonly PackageColumn[] = [
    {
      id: 'size',
      label: 'Size',
      width: 80,
      align: 'end',
      filter: 'numbers',
      unit: { label: 'GB', size: 1e9 },
      value: (row) => summary(row)?.size_bytes ?? null,
      cell: (row) => formatBytes(summary(row)?.size_bytes ?? null),
    },
    {
      id: 'reviewed',
      label: 'Reviewed',
      width: 112,
      filter: 'numbers',
      unit: { label: '%', size: 1 },
      value: (row) => {
        const known = summary(row);
        return known === null ? null : (reviewShare(known)?.reviewed ?? null);
      },
      cell: (row) => <ReviewBar counts={summary(row)} />,
    },
    {
      id: 'has',
      label: 'Has',
      width: 68,
      wide: true,
      hidden: clips,
      filter: 'choices',
      value: (row) => facts.roles(row),
      choiceLabel: (role) => roleLabel(role),
      cell: (row) => <Roles kind={kind} roles={facts.roles(row)} />,
    },
    {
      id: 'picked-up',
      label: 'Picked up',
      width: 88,
      wide: true,
      hidden: clips,
      filter: 'choices',
      value: (row) => (row.picked_up_at === null ? null : row.picked_up_by),
      choiceLabel: (person) => (person === '' ? 'Not picked up' : person),
      cell: (row) => (
        <Show when={row.picked_up_at} fallback="–">
          {(at) => <span title={`Picked up ${formatDateTime(at())}`}>{row.picked_up_by ?? 'Yes'}</span>}
        </Show>
      ),
    },
    {
      id: 'arrived',
      label: 'Arrived',
      width: 80,
      align: 'end',
      filter: 'days',
      value: (row) => row.created_at,
      cell: (row) => <time title={formatDateTime(row.created_at)}>{formatWhen(row.created_at, new Date())}</time>,
    },
  ];
  return [...first, ...(clips ? clipColumns(facts) : faceColumns(facts)), ...last];
}

function faceColumns({ summary }: PackageFacts): readonly PackageColumn[] {
  return [
    {
      id: 'poses',
      label: 'Poses',
      width: 70,
      align: 'end',
      filter: 'numbers',
      value: (row) => summary(row)?.posed_count ?? null,
      cell: (row) => formatCount(summary(row)?.posed_count ?? null),
    },
  ];
}

function clipColumns({ summary, clips }: PackageFacts): readonly PackageColumn[] {
  const count = (row: PackageListRow) => {
    const known = summary(row);
    return known === null ? null : known.video_count + known.sequence_count;
  };
  return [
    {
      id: 'clips',
      label: 'Clips',
      width: 60,
      align: 'end',
      filter: 'numbers',
      value: count,
      cell: (row) => formatCount(count(row)),
    },
    {
      id: 'codec',
      label: 'Codec',
      width: 76,
      wide: true,
      filter: 'choices',
      value: (row) => clips(row)?.codec ?? null,
      choiceLabel: (codec) => (codec === '' ? 'Not known' : codec),
      cell: (row) => clips(row)?.codec ?? '–',
    },
    {
      id: 'resolution',
      label: 'Resolution',
      width: 106,
      wide: true,
      filter: 'choices',
      value: (row) => clips(row)?.resolution ?? null,
      choiceLabel: (resolution) => (resolution === '' ? 'Not known' : resolution),
      cell: (row) => clips(row)?.resolution ?? '–',
    },
    {
      id: 'duration',
      label: 'Duration',
      width: 80,
      align: 'end',
      filter: 'numbers',
      unit: { label: 'min', size: 60 },
      value: (row) => summary(row)?.duration_seconds ?? null,
      cell: (row) => formatDuration(summary(row)?.duration_seconds ?? null),
    },
  ];
}

/** Shows an icon for each role in the order of the kind. */
function Roles(props: { kind: PackageType; roles: readonly string[] | null }) {
  const known = () => assetTypesOf(props.kind).filter((role) => props.roles?.includes(role));
  return (
    <Show when={known().length > 0} fallback="–">
      <span class={styles['roles']} title={known().map(roleLabel).join(', ')}>
        <For each={known()}>{(role) => <Icon name={role satisfies IconName} size={14} />}</For>
        <span class="visually-hidden">{known().map(roleLabel).join(', ')}</span>
      </span>
    </Show>
  );
}

function roleLabel(role: string): string {
  return (ASSET_TYPE_LABELS as Readonly<Record<string, string>>)[role] ?? (role === '' ? 'Nothing' : role);
}

/** @example subjectNames(['ada', 'ines', 'tova']) // 'ada +2' */
function subjectNames(names: readonly string[]): string {
  const [first, ...others] = names;
  if (first === undefined) return '–';
  return others.length === 0 ? first : `${first} +${others.length}`;
}

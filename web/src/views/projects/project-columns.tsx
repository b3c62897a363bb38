/** The columns of the list of projects. */
import { PACKAGE_KINDS, type PackageType } from '@ingesthub/schema/library/package-kinds.ts';
import type { ProjectListRow, ProjectTotalsRow } from '../../queries/projects.ts';
import type { ProjectOnDevice } from '../../replica/model/replica.ts';
import type { Column } from '../../ui/data-table/column.ts';
import { formatBytes, formatCount, formatDateTime, formatWhen } from '../../ui/format.ts';
import { ReviewBar } from '../../ui/review-bar.tsx';
import { reviewShare } from '../../ui/review-share.ts';
import { TagList } from '../../ui/tag-list.tsx';
import { TypeBadge } from '../../ui/type-badge.tsx';
import { ContactStrip } from '../lists/contact-strip.tsx';
import type { PicturesOf } from '../lists/create-row-pictures.ts';
import { describeDevice } from '../working-set/describe-device.ts';
import { DeviceState } from '../working-set/device-state.tsx';

/** Null: not known. The reviews of a project that is on the server only are not, though its size is. */
export interface ProjectTotals extends Pick<ProjectTotalsRow, 'asset_count' | 'size_bytes'> {
  readonly reviews: ProjectTotalsRow | null;
}

export interface ProjectFacts {
  readonly totals: (project: ProjectListRow) => ProjectTotals | null;
  readonly device: (project: ProjectListRow) => ProjectOnDevice | undefined;
  readonly pictures: PicturesOf;
}

export function projectColumns({ totals, device, pictures }: ProjectFacts): readonly Column<ProjectListRow>[] {
  const reviews = (project: ProjectListRow) => totals(project)?.reviews ?? null;
  return [
    {
      id: 'pictures',
      label: 'Pictures',
      labelHidden: true,
      width: 96,
      cell: (project) => <ContactStrip id={project.id} pictures={pictures} />,
    },
    {
      id: 'name',
      label: 'Project',
      opens: true,
      filter: 'words',
      value: (project) => project.name,
      cell: (project) => project.name,
    },
    {
      id: 'type',
      label: 'Type',
      width: 78,
      filter: 'choices',
      value: (project) => project.type,
      choiceLabel: (type) => PACKAGE_KINDS[type as PackageType]?.label ?? type,
      cell: (project) => <TypeBadge type={project.type} />,
    },
    {
      id: 'client',
      label: 'Client',
      width: 118,
      wide: true,
      filter: 'choices',
      value: (project) => project.client,
      cell: (project) => project.client ?? '–',
    },
    {
      id: 'tags',
      label: 'Tags',
      width: 130,
      wide: true,
      hidden: true,
      filter: 'choices',
      value: (project) => project.tags,
      cell: (project) => <TagList tags={project.tags} />,
    },
    {
      id: 'packages',
      label: 'Packages',
      width: 84,
      align: 'end',
      filter: 'numbers',
      value: (project) => project.package_count,
      cell: (project) => formatCount(project.package_count),
    },
    {
      id: 'subjects',
      label: 'Subjects',
      width: 80,
      align: 'end',
      wide: true,
      filter: 'numbers',
      value: (project) => project.subject_count,
      cell: (project) => formatCount(project.subject_count),
    },
    {
      id: 'assets',
      label: 'Assets',
      width: 76,
      align: 'end',
      filter: 'numbers',
      value: (project) => totals(project)?.asset_count ?? null,
      cell: (project) => formatCount(totals(project)?.asset_count ?? null),
    },
    {
      id: 'size',
      label: 'Size',
      width: 80,
      align: 'end',
      filter: 'numbers',
      unit: { label: 'GB', size: 1e9 },
      value: (project) => totals(project)?.size_bytes ?? null,
      cell: (project) => formatBytes(totals(project)?.size_bytes ?? null),
    },
    {
      id: 'reviewed',
      label: 'Reviewed',
      width: 116,
      filter: 'numbers',
      unit: { label: '%', size: 1 },
      value: (project) => {
        const known = reviews(project);
        return known === null ? null : (reviewShare(known)?.reviewed ?? null);
      },
      cell: (project) => <ReviewBar counts={reviews(project)} />,
    },
    {
      id: 'device',
      label: 'On this device',
      width: 148,
      filter: 'choices',
      value: (project) => describeDevice(device(project)).replace(/, \d+%$/, ''),
      cell: (project) => <DeviceState project={device(project)} />,
    },
    {
      id: 'activity',
      label: 'Activity',
      width: 84,
      align: 'end',
      filter: 'days',
      value: (project) => project.activity_at,
      cell: (project) => (
        <time title={`Latest ingest or edit: ${formatDateTime(project.activity_at)}`}>
          {formatWhen(project.activity_at, new Date())}
        </time>
      ),
    },
  ];
}

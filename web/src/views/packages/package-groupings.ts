/** The groupings of the lists of packages. */
import type { PackageStatus } from '@ingesthub/schema/library/vocabulary.ts';
import type { PackageListRow } from '../../queries/packages.ts';
import type { Grouping } from '../../ui/data-table/group-rows.ts';
import { packageStatuses } from './describe-package-status.ts';

const statusOrder = Object.keys(packageStatuses) as PackageStatus[];

export const packageGroupings: Readonly<Record<string, Grouping<PackageListRow>>> = {
  project: {
    label: 'Project',
    replaces: 'project',
    of: (row) => ({ key: row.project_id, label: row.project_name ?? 'Not known' }),
  },
  status: {
    label: 'Status',
    of: (row) => ({ key: row.status, label: packageStatuses[row.status], rank: statusOrder.indexOf(row.status) }),
  },
  subject: {
    label: 'Subject',
    of: (row) => ({
      key: row.subjects[0] ?? '',
      label: row.subjects[0] ?? 'Unknown',
      rank: row.subjects.length === 0 ? 1 : 0,
    }),
  },
};

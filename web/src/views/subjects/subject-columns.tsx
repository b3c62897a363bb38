/** The columns of a list of subjects. */
import { PACKAGE_KINDS, type PackageType } from '@ingesthub/schema/library/package-kinds.ts';
import { Show } from 'solid-js';
import type { SubjectCountsRow, SubjectDetailRow } from '../../queries/subjects.ts';
import type { Column } from '../../ui/data-table/column.ts';
import { formatBytes, formatCount, formatCountOf } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { chosenCoverage } from '../../ui/poses/coverage-choice.ts';
import { MiniPoses } from '../../ui/poses/mini-poses.tsx';
import { thinBins } from '../../ui/poses/thin-bins.ts';
import { ReviewBar } from '../../ui/review-bar.tsx';
import { reviewShare } from '../../ui/review-share.ts';
import { TagList } from '../../ui/tag-list.tsx';
import { TypeBadge } from '../../ui/type-badge.tsx';
import type { PicturesOf } from '../lists/create-row-pictures.ts';
import type { PosesOf } from './create-subject-poses.ts';
import { Face } from './face.tsx';
import styles from './subjects-page.module.css';

interface SubjectFacts {
  /** Null: not known. */
  readonly counts: (subject: SubjectDetailRow) => SubjectCountsRow | null;
  readonly pictures: PicturesOf;
  readonly poses: PosesOf;
}

/** @param inProject whether the list is of one project, which then needs no columns of its own. */
export function subjectColumns(
  { counts, pictures, poses }: SubjectFacts,
  inProject: boolean,
): readonly Column<SubjectDetailRow>[] {
  const columns: readonly Column<SubjectDetailRow>[] = [
    {
      id: 'pictures',
      label: 'Picture',
      labelHidden: true,
      width: 58,
      cell: (subject) => <SubjectFace id={subject.id} pictures={pictures} />,
    },
    {
      id: 'name',
      label: 'Subject',
      opens: true,
      filter: 'words',
      value: (subject) => subject.name,
      cell: (subject) => subject.name,
    },
    {
      id: 'project',
      label: 'Project',
      width: 140,
      filter: 'choices',
      value: (subject) => subject.project_name,
      cell: (subject) => subject.project_name,
    },
    {
      id: 'type',
      label: 'Type',
      width: 80,
      wide: true,
      filter: 'choices',
      value: (subject) => subject.project_type,
      choiceLabel: (type) => PACKAGE_KINDS[type as PackageType]?.label ?? type,
      cell: (subject) => <TypeBadge type={subject.project_type} />,
    },
    {
      id: 'dataset',
      label: 'Dataset directory',
      width: 210,
      wide: true,
      filter: 'choices',
      choiceLabel: (directory) => (directory === '' ? 'None' : directory),
      value: (subject) => subject.dataset_directory,
      cell: (subject) => (
        <Show
          when={subject.dataset_directory}
          fallback={
            <span class={`muted ${styles['with-icon']}`}>
              <Icon name="unlink" size={14} /> None
            </span>
          }
        >
          {(directory) => (
            <span class={`mono ${styles['with-icon']}`} title={directory()}>
              <Icon name="link" size={14} /> {directory()}
            </span>
          )}
        </Show>
      ),
    },
    {
      id: 'packages',
      label: 'Packages',
      width: 86,
      align: 'end',
      filter: 'numbers',
      value: (subject) => subject.package_count,
      cell: (subject) => formatCount(subject.package_count),
    },
    {
      id: 'assets',
      label: 'Assets',
      width: 82,
      align: 'end',
      filter: 'numbers',
      value: (subject) => counts(subject)?.asset_count ?? null,
      cell: (subject) => formatCount(counts(subject)?.asset_count ?? null),
    },
    {
      id: 'size',
      label: 'Size',
      width: 92,
      align: 'end',
      hidden: true,
      filter: 'numbers',
      unit: { label: 'GB', size: 1e9 },
      value: (subject) => counts(subject)?.size_bytes ?? null,
      cell: (subject) => formatBytes(counts(subject)?.size_bytes ?? null),
    },
    {
      id: 'reviewed',
      label: 'Reviewed',
      width: 140,
      filter: 'numbers',
      unit: { label: '%', size: 1 },
      value: (subject) => {
        const known = counts(subject);
        return known === null ? null : (reviewShare(known)?.reviewed ?? null);
      },
      cell: (subject) => <ReviewBar counts={counts(subject)} />,
    },
    {
      id: 'poses',
      label: 'Poses',
      width: 220,
      filter: 'numbers',
      value: (subject) => counts(subject)?.posed_count ?? null,
      cell: (subject) => <Poses subject={subject} posed={counts(subject)?.posed_count ?? null} poses={poses} />,
    },
    {
      id: 'tags',
      label: 'Tags',
      width: 150,
      wide: true,
      filter: 'choices',
      value: (subject) => subject.tags,
      cell: (subject) => <TagList tags={subject.tags} />,
    },
  ];
  return inProject ? columns.filter(({ id }) => id !== 'project' && id !== 'type') : columns;
}

function SubjectFace(props: { id: string; pictures: PicturesOf }) {
  const pictures = props.pictures(props.id);
  return <Face picture={pictures()[0]} />;
}

function Poses(props: { subject: SubjectDetailRow; posed: number | null; poses: PosesOf }) {
  return (
    <Show when={props.posed} fallback={<span class="muted">{props.posed === 0 ? 'No poses' : '–'}</span>}>
      <CountedPoses subject={props.subject} poses={props.poses} />
    </Show>
  );
}

/** The thumbnail of the matrix, and how much of the core is thin. */
function CountedPoses(props: { subject: SubjectDetailRow; poses: PosesOf }) {
  const { id, project_id } = props.subject;
  const grid = props.poses({ id, project_id });
  return (
    <Show when={grid()} fallback={<span class={styles['mini']} />}>
      {(known) => {
        const thin = () => thinBins(known(), chosenCoverage());
        return (
          <span class={styles['poses']}>
            <MiniPoses grid={known()} />
            <Show when={thin()} fallback="–">
              {(found) => (
                <span
                  data-thin={found().bins.length > 0}
                  title={`${formatCountOf(found().bins.length, 'bin')} of ${found().core} core bins below ${formatCount(found().below)}`}
                >
                  {found().bins.length === 0 ? 'covered' : `${found().bins.length} of ${found().core} thin`}
                </span>
              )}
            </Show>
          </span>
        );
      }}
    </Show>
  );
}

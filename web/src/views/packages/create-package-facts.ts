/** Facts that the list of packages of a kind shows beside their own rows; each is null while it is not known. */
import type { PackageType } from '@ingesthub/schema/library/package-kinds.ts';
import type { PackageSummaryRow } from '@ingesthub/schema/library/rows.ts';
import { packageSummariesAnswer } from '@ingesthub/schema/replica/server-answers.ts';
import { type Accessor, createMemo } from 'solid-js';
import { type ClipCountRow, type ClipFacts, clipCountsQuery, clipFacts } from '../../queries/clip-facts.ts';
import {
  type PackageContentsRow,
  type PackageListRow,
  packageContentsQuery,
  packageSummariesOfKindQuery,
} from '../../queries/packages.ts';
import { packagePicturesQuery } from '../../queries/row-pictures.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { askServer } from '../../server-answers/ask-server.ts';
import { createAnswer } from '../../server-answers/create-answer.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { createRowPictures, type PicturesOf } from '../lists/create-row-pictures.ts';
import { holdsClips } from './holds-clips.ts';
import { smallPackages } from './small-packages.ts';

export interface PackageFacts {
  readonly summary: (row: PackageListRow) => PackageSummaryRow | null;
  /** The roles of its assets. */
  readonly roles: (row: PackageListRow) => readonly string[] | null;
  readonly clips: (row: PackageListRow) => ClipFacts | null;
  readonly pictures: PicturesOf;
}

export function createPackageFacts(
  kind: Accessor<PackageType>,
  packages: Accessor<readonly PackageListRow[]>,
): PackageFacts {
  const { replica, status, ready, online } = useReplica();
  const summaries = createLiveQuery<PackageSummaryRow>(
    replica,
    // Before the counts are maintained, each change would recount all assets.
    () => (ready() ? packageSummariesOfKindQuery(kind()) : null),
    { key: 'package_id' },
  );
  const contents = createLiveQuery<PackageContentsRow>(replica, () => (ready() ? packageContentsQuery(kind()) : null), {
    key: 'package_id',
  });

  const projectStates = createMemo(() => status().projects);
  /** Whether all assets of the row's project are on this device; those of a project made here are. */
  const isWhole = (row: PackageListRow) => {
    const state = projectStates().get(row.project_id)?.state;
    return state === undefined || state === 'here' || state === 'leaving';
  };
  const absent = createMemo(() => {
    const elsewhere = packages().filter((row) => projectStates().get(row.project_id)?.state === 'absent');
    return [...new Set(elsewhere.map((row) => row.project_id))].toSorted();
  });
  // The server counts the assets of projects that are not on this device.
  const remote = createAnswer(
    () => (online() && absent().length > 0 ? absent() : null),
    async (projects, signal) => {
      const answers = projects.map((project) =>
        askServer('/api/package-summaries', { project }, packageSummariesAnswer, signal),
      );
      return (await Promise.all(answers)).flatMap((answer) => answer.packages);
    },
  );
  const local = createMemo(() => new Map(summaries().map((row) => [row.package_id, row])));
  const counted = createMemo(() => new Map((remote() ?? []).map((row) => [row.package_id, row])));
  const summary = (row: PackageListRow) => (isWhole(row) ? local().get(row.id) : counted().get(row.id)) ?? null;

  const rolesById = createMemo(() => new Map(contents().map((row) => [row.package_id, row.asset_types])));
  const clipPackages = createMemo(
    () => (holdsClips(kind()) ? smallPackages(packages().filter(isWhole), local()) : []),
    [],
    { equals: (a, b) => a.join() === b.join() },
  );
  const clipCounts = createLiveQuery<ClipCountRow>(
    replica,
    () => (ready() && clipPackages().length > 0 ? clipCountsQuery(clipPackages()) : null),
    { key: null },
  );
  const clipsById = createMemo(
    () =>
      new Map(
        [...Map.groupBy(clipCounts(), (row) => row.package_id)].map(([id, rows]) => [id, clipFacts(rows)] as const),
      ),
  );

  return {
    summary,
    roles: (row) => (isWhole(row) ? (rolesById().get(row.id) ?? null) : null),
    clips: (row) => clipsById().get(row.id) ?? null,
    pictures: createRowPictures(replica, packagePicturesQuery, ready),
  };
}

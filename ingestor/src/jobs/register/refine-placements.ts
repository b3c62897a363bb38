/**
 * Asks the model about a package that rules have placed: its files are already in the library, and those that no one
 * has changed since move to where the model places them.
 */
import { proposal as keptProposal } from '@ingesthub/schema/library/proposal.ts';
import { folderToPropose } from '../../analyze/config-file.ts';
import { proposeFolder } from '../../analyze/propose-folder.ts';
import { applyEntries } from '../../analyze/rules/placement-rules.ts';
import { rootOf } from '../../scan/media-roots.ts';
import { transaction } from '../../sql/client.ts';
import { findCorrections } from '../../sql/corrections.ts';
import {
  type AssetPlacement,
  findOrCreateSubjects,
  isSamePlacement,
  placedAssets,
  removeUnusedSubjects,
  replaceAssets,
  setPackageAnalysis,
  subjectNames,
} from '../../sql/packages.ts';
import type { RunFolder } from '../../sql/runs.ts';
import type { WorkerContext } from '../queue/worker-context.ts';

/** @param placedAs placements that this run made, by path: an asset that has another one by now was changed by a person. */
export async function refinePlacements(
  run: RunFolder,
  folder: string,
  placedAs: ReadonlyMap<string, AssetPlacement>,
  context: WorkerContext,
): Promise<void> {
  const { sql, log, mediaRoots: roots, signal, analysis, metrics } = context;
  const { packageId, projectId } = run;
  if ('unavailable' in analysis.model) return;
  const before = await placedAssets(sql, packageId);
  const root = rootOf(roots, folder) ?? folder;
  const proposal = await proposeFolder(
    await folderToPropose(folder, root),
    { assets: before, unreadable: [] },
    {
      model: analysis.model,
      findCorrections: (patterns) => findCorrections(sql, { patterns, projectId }),
      subjects: await subjectNames(sql, projectId),
      signal,
    },
  );
  // A kind that asks no model stays as the rules have placed it.
  if (proposal.model === null) return;
  const placements = applyEntries(proposal.entries, before);
  const moved = before.flatMap((asset, index) => {
    const placement = placements[index];
    const isChanged = !isSamePlacement(placedAs.get(asset.relativePath) ?? asset, asset);
    return placement && !isChanged ? [{ asset, placement }] : [];
  });
  await transaction(sql, async (session) => {
    const names = [proposal.primary_subject, ...moved.map(({ placement }) => placement.subject)];
    const subjects = await findOrCreateSubjects(session, projectId, names);
    await replaceAssets(
      session,
      moved.map(({ asset, placement: { subject, camera, assetType } }) => ({
        was: asset,
        placement: { subjectId: subjects.get(subject) ?? null, camera, assetType },
      })),
    );
    await setPackageAnalysis(session, packageId, {
      type: proposal.type,
      proposal: keptProposal.parse(proposal),
      primarySubjectId: subjects.get(proposal.primary_subject) ?? null,
      subjectIds: [...new Set(subjects.values())],
    });
    await removeUnusedSubjects(session, packageId, run.createdAt);
  });
  const { source, confidence, problems, usage } = proposal;
  if (usage !== null) metrics.countModel(usage);
  log.info({ event: 'package analysed', package: packageId, source, confidence, problems: problems.length, ...usage });
}

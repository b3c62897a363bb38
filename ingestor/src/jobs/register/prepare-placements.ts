/**
 * Assigns a run's assets to subject, camera and type: as a person accepted it, else by rules, so that nothing waits for
 * a model. Files that arrive in a known folder later follow the majority of that folder.
 */
import path from 'node:path';
import { type FolderProposal, proposal as keptProposal } from '@ingesthub/schema/library/proposal.ts';
import type { PackageType } from '@ingesthub/schema/library/vocabulary.ts';
import { folderToPropose } from '../../analyze/config-file.ts';
import { proposeFolder } from '../../analyze/propose-folder.ts';
import { correctionsOf } from '../../analyze/rules/corrections.ts';
import { type Placement, SHARED_SUBJECT } from '../../analyze/rules/layout.ts';
import { applyEntries } from '../../analyze/rules/placement-rules.ts';
import type { ScannedAsset } from '../../scan/assets-of.ts';
import { assetsOfNames, type NamedAsset } from '../../scan/assets-of-names.ts';
import { rootOf } from '../../scan/media-roots.ts';
import { transaction } from '../../sql/client.ts';
import { findCorrections, rememberCorrections } from '../../sql/corrections.ts';
import { incomingOf } from '../../sql/incoming.ts';
import {
  type AssetPlacement,
  awaitsModel,
  type FolderHabit,
  findOrCreateSubjects,
  folderHabits,
  readProposal,
  setPackageAnalysis,
  subjectNames,
} from '../../sql/packages.ts';
import type { RunFolder } from '../../sql/runs.ts';
import type { WorkerContext } from '../queue/worker-context.ts';

/** Evidence of a proposal that no model has refined yet. */
export const PROVISIONAL = 'The names were read by rules.';

interface PlacedAsset {
  readonly asset: ScannedAsset;
  readonly placement: Placement;
  readonly subjectId: string;
}

export interface Placements {
  /** True when a person decided what the files are: existing assets are then placed again. */
  readonly placeAnew: boolean;
  /** True when only rules have decided, so that a model may improve the result. */
  readonly isProvisional: boolean;
  /** The placement that each path got. */
  readonly placedAs: ReadonlyMap<string, AssetPlacement>;
  place(assets: readonly ScannedAsset[]): Promise<PlacedAsset[]>;
}

/** The layout that a package's file names suggest, before any file is read. */
export interface Layout {
  readonly names: readonly NamedAsset[];
  readonly proposal: FolderProposal;
  readonly decided: Awaited<ReturnType<typeof incomingOf>>;
  /** The package type that a person chose, if any. */
  readonly type: PackageType | undefined;
}

/** Writes nothing. @param folder the run's, as spelled on disk. */
export async function readLayout(run: RunFolder, folder: string, context: WorkerContext): Promise<Layout> {
  const { sql, mediaRoots: roots, signal } = context;
  const { packageId, projectId, options } = run;
  const decided = await incomingOf(sql, packageId);
  const type = options.type ?? decided?.type ?? undefined;
  const overrides = {
    ...(type === undefined ? {} : { type }),
    ...(options.subject === undefined ? {} : { subject: options.subject }),
  };
  const names = await assetsOfNames(folder, { roots, signal });
  const root = rootOf(roots, folder) ?? folder;
  const proposal = await proposeFolder(await folderToPropose(folder, root), names, {
    model: { unavailable: PROVISIONAL, isMistake: false, cache: null },
    findCorrections: (patterns) => findCorrections(sql, { patterns, projectId }),
    subjects: await subjectNames(sql, projectId),
    signal,
    overrides,
  });
  return { names: names.assets, proposal, decided, type };
}

/** Prepares placements, and on the first run stores the package's proposal. */
export async function preparePlacements(
  run: RunFolder,
  folder: string,
  { names, proposal, decided, type }: Layout,
  { sql }: WorkerContext,
): Promise<Placements> {
  const { packageId, projectId, options } = run;
  const isFirst = (await readProposal(sql, packageId)) === null;
  const said = options.type !== undefined || options.subject !== undefined;
  const accepted = said ? null : (decided?.placements ?? decided?.proposal?.entries ?? null);
  const placements = applyEntries(accepted ?? proposal.entries, names);
  const byRules = applyEntries(proposal.entries, names);
  const byPath = new Map(
    names.map(({ relativePath }, index) => [relativePath, placements[index] ?? byRules[index] ?? null]),
  );

  const subjects = new Map<string, string>();
  await transaction(sql, async (session) => {
    if (isFirst && decided?.placements && decided.proposal) {
      const proposed = applyEntries(decided.proposal.entries, names).map(orNobody);
      const made = placements.map(orNobody);
      const corrections = correctionsOf(names, proposed, made, path.basename(folder));
      await rememberCorrections(session, corrections, decided.updated_by);
    }
    if (!isFirst && !said) return;
    const made = [...byPath.values()].map(orNobody);
    const primary = accepted === null ? proposal.primary_subject : mostFrequent(made);
    const wanted = new Set([primary, ...made.map(({ subject }) => subject)]);
    for (const [name, id] of await findOrCreateSubjects(session, projectId, [...wanted])) subjects.set(name, id);
    const kept =
      accepted === null
        ? proposal
        : { ...(decided?.proposal ?? proposal), ...(decided?.placements ? { source: 'person' } : {}) };
    await setPackageAnalysis(session, packageId, {
      type: type ?? (accepted === null ? proposal.type : (decided?.proposal?.type ?? proposal.type)),
      proposal: keptProposal.parse(kept),
      primarySubjectId: idOf(subjects, primary),
      subjectIds: [...new Set(subjects.values())],
    });
  });

  const habits = isFirst || said ? [] : await folderHabits(sql, packageId);
  const placedAs = new Map<string, AssetPlacement>();
  const habitOf = new Map(habits.map((habit) => [`${habit.fileType} ${habit.path}`, habit]));
  return {
    placeAnew: said,
    isProvisional: !said && accepted === null && (isFirst || (await awaitsModel(sql, packageId, PROVISIONAL))),
    placedAs,
    async place(assets) {
      const placed = assets.map((asset) => {
        const habit = habitOf.get(
          `${asset.fileType} ${asset.relativePath.slice(0, Math.max(0, asset.relativePath.lastIndexOf('/')))}`,
        );
        return { asset, habit: habit ?? null, placement: orNobody(byPath.get(asset.relativePath) ?? null) };
      });
      const unknown = placed.filter(({ habit, placement }) => habit === null && !subjects.has(placement.subject));
      if (unknown.length > 0) {
        const wanted = unknown.map(({ placement }) => placement.subject);
        const found = await transaction(sql, (session) => findOrCreateSubjects(session, projectId, wanted));
        for (const [name, id] of found) subjects.set(name, id);
      }
      const made = placed.map(({ asset, habit, placement }) =>
        habit === null
          ? { asset, placement, subjectId: idOf(subjects, placement.subject) }
          : { asset, ...fromHabit(habit, placement) },
      );
      for (const { asset, placement, subjectId } of made)
        placedAs.set(asset.relativePath, { subjectId, assetType: placement.assetType, camera: placement.camera });
      return made;
    },
  };
}

function fromHabit(habit: FolderHabit, placement: Placement): Omit<PlacedAsset, 'asset'> {
  const { subject, camera, assetType, subjectId } = habit;
  return { placement: { subject, camera: camera ?? placement.camera, assetType }, subjectId };
}

function orNobody(placement: Placement | null): Placement {
  return placement ?? { subject: SHARED_SUBJECT, camera: null, assetType: 'raw' };
}

function mostFrequent(placements: readonly Placement[]): string {
  const counts = new Map<string, number>();
  for (const { subject } of placements) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  counts.delete(SHARED_SUBJECT);
  const [most] = [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  return most?.[0] ?? SHARED_SUBJECT;
}

function idOf(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`The subject ${name} was deleted while it was looked up.`);
  return id;
}

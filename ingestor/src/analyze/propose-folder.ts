/**
 * Proposes what a folder is: facts -> package kind -> layout by rules or a model -> corrections -> the kind's checks ->
 * entries. Every proposal is made here; no file is opened.
 */
import path from 'node:path';
import type { FolderProposal } from '@ingesthub/schema/library/proposal.ts';
import type { PackageType } from '@ingesthub/schema/library/vocabulary.ts';
import type { FolderToPropose, PackageKind, PlacementHelp } from './kinds/package-kind.ts';
import { packageKinds } from './kinds/package-kinds.ts';
import { kindNamed, recogniseKind } from './kinds/recognise-kind.ts';
import { brokenCards } from './rules/broken-cards.ts';
import { applyCorrections, patternsOf, type RememberedCorrection } from './rules/corrections.ts';
import { type Placement, subjectName } from './rules/layout.ts';
import { type FolderListing, listingHash, packageFactsOf } from './rules/listing.ts';
import { compact } from './rules/placement-rules.ts';
import { primarySubject } from './rules/primary-subject.ts';
import { saidNames } from './rules/said-names.ts';

/** Values that a person set for the package; they override the rules. */
export interface Overrides {
  readonly type?: PackageType | undefined;
  readonly subject?: string | undefined;
}

export interface ProposeOptions extends Omit<PlacementHelp, 'said'> {
  /** Finds earlier corrections: those of folders with these patterns, and all of names. */
  findCorrections(patterns: readonly string[]): Promise<readonly RememberedCorrection[]>;
  /** Values that a person set for this package; they override everything else. */
  readonly overrides?: Overrides;
  /** The kinds that a folder may be of; default: all. */
  readonly kinds?: readonly PackageKind[];
}

const MAX_UNREADABLE = 20;

/** @throws the signal's reason when it aborts. */
export async function proposeFolder(
  folder: FolderToPropose,
  listing: FolderListing,
  options: ProposeOptions,
): Promise<FolderProposal> {
  const { assets, unreadable } = listing;
  const { overrides = {}, signal, kinds = packageKinds } = options;
  const delivery = path.basename(folder.path);
  const facts = packageFactsOf(assets, { name: delivery, parentHasConfig: folder.parentHasConfig });
  const finding = recogniseKind(facts, kinds);
  const kind = overrides.type === undefined ? finding.kind : kindNamed(overrides.type, kinds);
  const remembered = (await options.findCorrections(patternsOf(assets, delivery))).filter(isOf(kind));
  const said = saidNames(assets, delivery, remembered, kind.assetTypes);
  const layout = await kind.place({ folder, assets }, { ...options, said });

  const corrected = applyCorrections(assets, layout.placements, remembered, delivery);
  signal.throwIfAborted();
  const { placements: asCorrected } = corrected;
  const bySaying = assets.flatMap((_, index) => (said.isSubjectSaid(index) ? [index] : []));
  const fixedSubjects = new Set([...corrected.fixedSubjects, ...bySaying]);
  const { changed, byModel, disputed } = layout;
  const checked = kind.check({ assets, placements: asCorrected, fixedSubjects, changed, byModel, disputed });
  const { subject } = overrides;
  const placements = checked.placements.map((placement) => ({
    ...placement,
    subject: subject ?? subjectName(placement.subject),
  }));

  const typeConfidence = overrides.type === undefined ? finding.confidence : 1;
  return {
    source: overrides.type === undefined && subject === undefined ? layout.source : 'person',
    confidence: typeConfidence * (subject === undefined ? checked.confidence : 1),
    signals: { ...finding.signals },
    evidence: [
      ...(overrides.type === undefined ? [] : [`Type ${kind.name}, set by a person.`]),
      ...finding.evidence,
      ...(subject === undefined
        ? [...layout.evidence, ...corrected.evidence, ...checked.evidence]
        : [`Subject ${subject}, set by a person.`]),
      ...brokenCards(assets),
      ...unreadable
        .slice(0, MAX_UNREADABLE)
        .map(({ relativePath, problem }) => `${relativePath || 'The folder'} could not be read: ${problem}.`),
    ],
    type: kind.name,
    problems: [...layout.problems],
    model: layout.model,
    usage: layout.usage,
    listing_hash: listingHash(assets),
    primary_subject: primarySubject(placements),
    entries: compact(assets.map(({ relativePath }, index) => ({ relativePath, ...(placements[index] as Placement) }))),
  };
}

/** Ignores corrections to roles that the package kind lacks. */
function isOf(kind: PackageKind): (correction: RememberedCorrection) => boolean {
  const roles: readonly string[] = kind.assetTypes;
  return ({ kind: said, value }) => said !== 'folder_role' || roles.includes(value ?? '');
}

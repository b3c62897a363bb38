/**
 * Proposes what a folder is: signals -> package type -> layout by rules or a model -> corrections -> post-checks ->
 * entries. Every proposal is made here; no file is opened.
 */
import path from 'node:path';
import type { FolderProposal, ModelUsage } from '@ingesthub/schema/proposal.ts';
import type { PackageType } from '@ingesthub/schema/vocabulary.ts';
import { type GeminiOptions, geminiLayout } from './gemini/gemini-layout.ts';
import type { GeminiAvailability } from './gemini/gemini-settings.ts';
import { atmanLayout } from './rules/atman-layout.ts';
import { atmanConfidence } from './rules/confidence.ts';
import { applyCorrections, patternsOf, type RememberedCorrection } from './rules/corrections.ts';
import { ASSET_TYPES, type Placement, subjectName } from './rules/layout.ts';
import { type FolderListing, type ListedAsset, listingHash, packageFactsOf } from './rules/listing.ts';
import { findPackageType } from './rules/package-type.ts';
import { compact } from './rules/placement-rules.ts';
import { postCheck } from './rules/post-checks.ts';
import { primarySubject, subjectCounts } from './rules/primary-subject.ts';
import { vfxLayout } from './rules/vfx-layout.ts';

export interface FolderToPropose {
  /** Absolute. */
  readonly path: string;
  /** The media root that it lies in, absolute. */
  readonly root: string;
  /** A `config.json` lies beside it; false when its parent may not be read. */
  readonly parentHasConfig: boolean;
}

/** Values that a person set for the package; they override the rules. */
export interface Overrides {
  readonly type?: PackageType | undefined;
  readonly subject?: string | undefined;
}

export interface ProposeOptions {
  /** Whether to use a model, and how. */
  readonly gemini: GeminiAvailability & Omit<GeminiOptions, 'settings' | 'signal'>;
  /** Finds earlier corrections for folders of these patterns. */
  findCorrections(patterns: readonly string[]): Promise<readonly RememberedCorrection[]>;
  readonly signal: AbortSignal;
  /** Values that a person set for this package; they override everything else. */
  readonly overrides?: Overrides;
}

/** A layout and everything to report about its origin. */
interface Placed {
  readonly placements: readonly Placement[];
  readonly source: 'rules' | 'gemini';
  readonly evidence: readonly string[];
  readonly problems: readonly string[];
  readonly model: string | null;
  readonly usage: ModelUsage | null;
  /** The share of files that a model placed. */
  readonly byModel: number;
}

const MAX_UNREADABLE = 20;
const MAX_SUBJECTS = 10;

/** @throws the signal's reason when it aborts. */
export async function proposeFolder(
  folder: FolderToPropose,
  listing: FolderListing,
  options: ProposeOptions,
): Promise<FolderProposal> {
  const { assets, unreadable } = listing;
  const { overrides = {}, signal } = options;
  const delivery = path.basename(folder.path);
  const finding = findPackageType(packageFactsOf(assets, { name: delivery, parentHasConfig: folder.parentHasConfig }));
  const type = overrides.type ?? finding.type;
  const layout = type === 'vfx' ? placeVfx(folder, assets) : await placeAtman(delivery, assets, options);

  const remembered = await options.findCorrections(patternsOf(assets, delivery));
  const corrected = applyCorrections(assets, layout.placements, remembered.filter(isOf(type)), delivery);
  signal.throwIfAborted();
  const isFixed = (index: number) => corrected.fixedSubjects.has(index);
  const checked = type === 'vfx' ? { ...corrected, evidence: [] } : postCheck(assets, corrected.placements, isFixed);
  const { subject } = overrides;
  const placements = checked.placements.map((placement) => ({
    ...placement,
    subject: subject ?? subjectName(placement.subject),
  }));

  const typeConfidence = overrides.type === undefined ? finding.confidence : 1;
  const isSure = type === 'vfx' || subject !== undefined;
  return {
    source: overrides.type === undefined && subject === undefined ? layout.source : 'person',
    confidence: typeConfidence * (isSure ? 1 : atmanConfidence(assets, placements, layout.byModel)),
    signals: finding.signals,
    evidence: [
      ...(overrides.type === undefined ? [] : [`Type ${type}, set by a person.`]),
      ...finding.evidence,
      ...(subject === undefined
        ? [...layout.evidence, ...corrected.evidence, ...checked.evidence]
        : [`Subject ${subject}, set by a person.`]),
      ...unreadable
        .slice(0, MAX_UNREADABLE)
        .map(({ relativePath, problem }) => `${relativePath || 'The folder'} could not be read: ${problem}.`),
    ],
    type,
    problems: [...layout.problems],
    model: layout.model,
    usage: layout.usage,
    listing_hash: listingHash(assets),
    primary_subject: primarySubject(placements),
    entries: compact(assets.map(({ relativePath }, index) => ({ relativePath, ...(placements[index] as Placement) }))),
  };
}

function placeVfx(folder: FolderToPropose, assets: readonly ListedAsset[]): Placed {
  const belowRoot = path.relative(folder.root, folder.path).split(path.sep).filter(Boolean);
  const { placements, evidence } = vfxLayout(assets, folder.path, belowRoot);
  return { placements, evidence, source: 'rules', problems: [], model: null, usage: null, byModel: 0 };
}

async function placeAtman(
  delivery: string,
  assets: readonly ListedAsset[],
  { gemini, signal }: ProposeOptions,
): Promise<Placed> {
  const rules = atmanLayout(assets, delivery);
  const byRules = { ...rules, source: 'rules', model: null, usage: null, byModel: 0 } as const;
  if ('unavailable' in gemini) {
    const said = [gemini.unavailable];
    return gemini.isMistake
      ? { ...byRules, problems: said }
      : { ...byRules, evidence: [...said, ...rules.evidence], problems: [] };
  }
  if (assets.length === 0) return { ...byRules, problems: [] };

  const layout = await geminiLayout(assets, delivery, rules.placements, { ...gemini, signal });
  const { placements, problems, usage, answered } = layout;
  const model = gemini.settings.model;
  if (answered === 0) return { ...byRules, problems, model, usage };
  const subjects = subjectCounts(placements).slice(0, MAX_SUBJECTS);
  const evidence = [
    ...layout.evidence,
    ...subjects.map(([name, files]) => `Subject ${name}: ${files} ${files === 1 ? 'file' : 'files'}.`),
  ];
  return { placements, evidence, source: 'gemini', problems, model, usage, byModel: answered / assets.length };
}

/** Ignores corrections to roles that the package type lacks. */
function isOf(type: PackageType): (correction: RememberedCorrection) => boolean {
  const roles: readonly string[] = ASSET_TYPES[type];
  return ({ field, value }) => field !== 'asset_type' || roles.includes(value);
}

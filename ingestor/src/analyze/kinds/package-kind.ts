/** The parts of a package kind. `package-kinds.ts` lists the kinds; one contract suite holds all of them to this file. */
import { assetTypesOf, PACKAGE_KINDS } from '@ingesthub/schema/library/package-kinds.ts';
import type { ModelUsage } from '@ingesthub/schema/library/proposal.ts';
import type { AssetType, PackageType } from '@ingesthub/schema/library/vocabulary.ts';
import type { ModelOptions } from '../model/model-layout.ts';
import type { ModelAvailability } from '../model/model-settings.ts';
import type { Layout, Placement } from '../rules/layout.ts';
import type { ListedAsset, PackageFacts } from '../rules/listing.ts';
import type { SaidNames } from '../rules/said-names.ts';

export interface PackageKind {
  /** The word in the database, in proposals and on the command line. */
  readonly name: PackageType;
  /** The name that people read. */
  readonly label: string;
  /** The roles that its files may have. */
  readonly assetTypes: readonly AssetType[];
  /** Judges whether a folder is of this kind. */
  recognise(facts: PackageFacts): Recognition;
  /** Gives each file a subject, a camera and a role. @throws the signal's reason when it aborts. */
  place(listing: PackageListing, help: PlacementHelp): Promise<Placed>;
  /** Corrects typical mistakes in a layout to which people's earlier corrections were applied. */
  check(layout: CorrectedLayout): CheckedLayout;
}

export interface Recognition {
  /** How likely the folder is of this kind, 0 to 1; at least 0.5 claims it. */
  readonly confidence: number;
  /** Signals by name, true for those that hold. */
  readonly signals: Readonly<Record<string, boolean>>;
  /** Sentences for people, one per observation. */
  readonly evidence: readonly string[];
}

export interface FolderToPropose {
  /** Absolute. */
  readonly path: string;
  /** The media root that it lies in, absolute. */
  readonly root: string;
  /** A `config.json` lies beside it; false when its parent may not be read. */
  readonly parentHasConfig: boolean;
  /** The subject that `config.json` names; null for none. */
  readonly configSubject: string | null;
}

export interface PackageListing {
  readonly folder: FolderToPropose;
  readonly assets: readonly ListedAsset[];
}

export interface PlacementHelp {
  /** Whether to use a model, and how. */
  readonly model: ModelAvailability & Omit<ModelOptions, 'settings' | 'signal'>;
  /** Names of the project's subjects; [] before the project is known. */
  readonly subjects?: readonly string[] | undefined;
  /** The names as people said that they are meant. */
  readonly said: SaidNames<ListedAsset>;
  readonly signal: AbortSignal;
}

/** A layout, in the assets' order, and everything to report about its origin. */
export interface Placed extends Layout {
  readonly source: 'rules' | 'gemini' | 'model';
  /** One sentence for each failure. */
  readonly problems: readonly string[];
  /** The model that was asked, if any. */
  readonly model: string | null;
  readonly usage: ModelUsage | null;
  /** Indexes of files whose subject a model changed. */
  readonly changed: ReadonlySet<number>;
  /** The share of files that a model placed. */
  readonly byModel: number;
  /** The share of files that the model and the rules read differently. */
  readonly disputed: number;
}

export interface CorrectedLayout {
  readonly assets: readonly ListedAsset[];
  /** In the assets' order. */
  readonly placements: readonly Placement[];
  /** Indexes of files whose subject a person set; it stays. */
  readonly fixedSubjects: ReadonlySet<number>;
  readonly changed: ReadonlySet<number>;
  readonly byModel: number;
  readonly disputed: number;
}

export interface CheckedLayout extends Layout {
  /** How certain the subjects are, 0 to 1. */
  readonly confidence: number;
}

/** Returns the parts of a kind that the app, the command line and the database share with it. */
export function describeKind(name: PackageType): Pick<PackageKind, 'name' | 'label' | 'assetTypes'> {
  return { name, label: PACKAGE_KINDS[name].label, assetTypes: assetTypesOf(name) };
}

/** Reports a layout that no model had a part in. */
export function placedByRules({ placements, evidence }: Layout): Placed {
  return {
    placements,
    evidence,
    source: 'rules',
    problems: [],
    model: null,
    usage: null,
    changed: new Set(),
    byModel: 0,
    disputed: 0,
  };
}
